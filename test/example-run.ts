import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Run folder of the example family on its recorded scores, made once for all tests. */
    exampleRun: string;
  }
}

/** Makes one real run through the command line, from real checkpoints and recorded real scores, for all tests to read. */
export default function setup({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-example-'));
  const out = join(folder, 'run');
  execFileSync(
    process.execPath,
    ['src/cli/main.ts', 'run', 'examples/tiny/recorded.yaml', '--out', out, '--quiet', '--format', 'html,md,json'],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  provide('exampleRun', out);
  return () => rmSync(folder, { recursive: true, force: true });
}
