import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa, type Result } from 'execa';

/** Stands in for the user's own cache folder. */
const cache = mkdtempSync(join(tmpdir(), 'skiagram-cache-'));

/** Runs the command line as a user would, from the root of the repository (or `cwd`); never throws. */
export function skiagram(
  args: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; timeout?: number } = {},
): Promise<Result & { stdout: string; stderr: string; exitCode?: number }> {
  const main = new URL('../../src/cli/main.ts', import.meta.url).pathname;
  return execa(process.execPath, [main, ...args], {
    reject: false,
    timeout: options.timeout ?? 120_000,
    env: { NO_COLOR: '1', SKIAGRAM_CACHE: cache, ...options.env },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  }) as never;
}
