import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findBrowser } from '../src/print/find-browser.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Run folder of the example family on its recorded scores, made once for all tests. */
    exampleRun: string;
  }
}

/**
 * Makes one real run through the command line, from real checkpoints and recorded real scores, for all tests to read.
 * Everything that tests write goes under one temporary folder, which is removed at the end; a browser that unpacks
 * itself does so here, before tests could do it twice at once.
 */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-test-'));
  process.env.TMPDIR = folder;
  await findBrowser().catch(() => undefined);
  const out = join(folder, 'run');
  const args = ['run', 'examples/tiny/recorded.yaml', '--out', out, '--quiet', '--format', 'html,md,json'];
  execFileSync(process.execPath, ['src/cli/main.ts', ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  provide('exampleRun', out);
  return () => rmSync(folder, { recursive: true, force: true });
}
