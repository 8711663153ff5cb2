import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeLeaderboard } from '../../src/pipeline/leaderboard/make-leaderboard.ts';
import { runExample } from '../example-run.ts';

/** What is kept of the leaderboard; leaderboard.json is made by the command in README.md. */
const kept = ['leaderboard.html', 'leaderboard.csv'] as const;

/**
 * The leaderboard of the example checkpoints on their recorded scores, made by the product's own pipeline.
 *
 * @param folder where leaderboard.html and leaderboard.csv go
 * @param finished folder of a finished run of examples/tiny/recorded.yaml, named `tiny`; one is made where left out
 */
export async function make(folder: string, finished?: string): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), 'skiagram-board-'));
  const { signal } = new AbortController();
  try {
    const source = finished ?? join(scratch, 'tiny');
    if (finished === undefined) await runExample(source);
    const out = join(scratch, 'board');
    await makeLeaderboard({ runs: [source], out, formats: ['html', 'csv'], singleFile: true, signal });
    await mkdir(folder, { recursive: true });
    for (const file of kept) await copyFile(join(out, file), join(folder, file));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await make(fileURLToPath(new URL('.', import.meta.url)));
