import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { csv } from '../../base/csv.ts';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import { buildLeaderboard } from '../../leaderboard/build.ts';
import { leaderboardRows } from '../../leaderboard/csv-rows.ts';
import { Leaderboard } from '../../leaderboard/leaderboard.ts';
import { renderBoard } from '../../leaderboard/page/render.ts';
import { RunFolder } from '../../store/run-folder.ts';
import { loadTemplates } from '../load-templates.ts';
import { toolVersion } from '../version.ts';
import { historyWith, writeHistory } from './history-file.ts';
import { readModels } from './read-models.ts';

/** Files that a leaderboard can be written as. */
export type BoardFormat = 'html' | 'json' | 'csv';

/** What to make of which runs. */
export interface BoardOptions {
  readonly runs: readonly string[];
  readonly out: string;
  readonly formats: readonly BoardFormat[];
  readonly singleFile: boolean;
  readonly title?: string;
  readonly history?: string;
  readonly signal: AbortSignal;
}

/**
 * Run folders -> leaderboard.json, leaderboard.csv and the pages, in `out`. The same runs and history give the same bytes.
 * Everything is made before anything is written, so that bad input leaves an earlier leaderboard as it was.
 *
 * @throws SkiagramError what reading runs, building and writing throw; `leaderboard-in-run` where `out` is a run folder
 */
export async function makeLeaderboard(
  options: BoardOptions,
): Promise<{ board: Leaderboard; written: readonly string[] }> {
  await refuseRunFolder(options.out);
  // 1. Runs -> models -> board.
  const { models, runs, seed } = await readModels(options.runs);
  options.signal.throwIfAborted();
  const board = buildLeaderboard({
    title: options.title ?? (runs.length === 1 && runs[0] ? runs[0].title : `Leaderboard of ${runs.length} runs`),
    tool: { name: 'skiagram', version: toolVersion },
    runs,
    models,
    seed,
  });
  options.signal.throwIfAborted();

  // 2. Board and history -> files.
  const history = options.history === undefined ? undefined : await historyWith(options.history, board);
  const pages = options.formats.includes('html')
    ? await renderBoard({ board, history, templates: await loadTemplates(), singleFile: options.singleFile })
    : new Map<string, string>();

  // 3. Files -> disk.
  const folder = await RunFolder.open(options.out);
  if (options.formats.includes('html')) await removePages(options.out, pages);
  const written: string[] = [];
  if (options.history !== undefined && history) await writeHistory(options.history, history);
  for (const [name, page] of pages) {
    await folder.writeText(name, page);
    written.push(folder.path(name));
  }
  if (options.formats.includes('csv')) {
    await folder.writeText('leaderboard.csv', `${csv(leaderboardRows(board))}\n`);
    written.push(folder.path('leaderboard.csv'));
  }
  if (options.formats.includes('json')) {
    await folder.write(Leaderboard, 'leaderboard.json', board);
    written.push(folder.path('leaderboard.json'));
  }
  return { board, written };
}

async function refuseRunFolder(out: string): Promise<void> {
  if (!(await stat(join(out, 'dossier.json')).catch(() => undefined))) return;
  throw new SkiagramError({
    code: 'leaderboard-in-run',
    message: `${out} is a run folder.`,
    hint: 'Name another folder with --out: a leaderboard is of runs, not part of one.',
    exitCode: exitCodes.usage,
  });
}

/** Pages of an earlier leaderboard that this one has no more; only in a folder whose index says that we made it. */
async function removePages(out: string, pages: ReadonlyMap<string, string>): Promise<void> {
  const index = await readFile(join(out, 'index.html'), 'utf8').catch(() => '');
  if (!index.includes('<meta name="generator" content="Skiagram">')) return;
  for (const name of await readdir(out))
    if (/^(model|family)(-[a-z0-9-]+)?\.html$/.test(name) && !pages.has(name)) await rm(join(out, name));
}
