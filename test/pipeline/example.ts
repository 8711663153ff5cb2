import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { silent } from '../../src/pipeline/progress.ts';
import { type RunOptions, type RunResult, run } from '../../src/pipeline/run.ts';

const tiny = resolve('examples/tiny');

/** A copy of the example in a fresh folder: checkpoints and recorded scores that a test may rename, swap or break. */
export function exampleFolder(ids: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'skiagram-run-'));
  for (const part of ['checkpoints', 'recorded']) {
    mkdirSync(join(folder, part));
    for (const id of ids) cpSync(join(tiny, part, id), join(folder, part, id), { recursive: true });
  }
  cpSync(join(tiny, 'families.yaml'), join(folder, 'families.yaml'));
  symlinkSync(join(tiny, 'tasks'), join(folder, 'tasks'));
  writeConfig(folder, (config) => ({
    ...config,
    checkpoints: config.checkpoints.filter((checkpoint) => ids.includes(checkpoint.id)),
  }));
  return folder;
}

/** Writes the example's config after `change`. */
export function writeConfig(folder: string, change: (config: Config) => Config): void {
  const config = parse(readFileSync(join(tiny, 'recorded.yaml'), 'utf8')) as Config;
  writeFileSync(join(folder, 'skiagram.yaml'), stringify(change(config)));
}

/** Runs the config of a folder as the command line would. */
export async function runFolder(folder: string, options: Partial<RunOptions> = {}): Promise<RunResult> {
  return run({
    loaded: await loadConfig(join(folder, 'skiagram.yaml')),
    out: join(folder, 'run'),
    progress: silent,
    signal: new AbortController().signal,
    jobs: 2,
    resume: false,
    fresh: false,
    formats: ['json'],
    ...options,
  });
}

/** Checkpoint -> verdict id. */
export function verdicts(result: RunResult): Record<string, string> {
  return Object.fromEntries(
    result.verdict.comparisons.map((comparison) => [comparison.checkpoint, comparison.verdict]),
  );
}
