import { readdir, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import { Dossier } from '../../dossier/dossier.ts';
import type { RawRun, RawSample } from '../../harness/raw-run.ts';
import { ScoresDocument } from '../../harness/scores-document.ts';
import type { Leaderboard } from '../../leaderboard/leaderboard.ts';
import { type ModelScores, modelScores } from '../../leaderboard/model-scores.ts';
import { Manifest } from '../../store/manifest.ts';
import { readParquet } from '../../store/parquet-rows.ts';
import { RunFolder } from '../../store/run-folder.ts';
import { Verdict } from '../../verdict/verdict.ts';

/** The models of some run folders, and the runs they came from. */
export interface RunModels {
  readonly models: readonly ModelScores[];
  readonly runs: Leaderboard['runs'];
  readonly seed: number;
}

/**
 * Reads every checkpoint of finished runs, one at a time, so that the items of one are dropped before the next is read.
 *
 * @throws SkiagramError `leaderboard-no-run`, `leaderboard-run-twice`, `run-missing`, `artifact-invalid`
 */
export async function readModels(folders: readonly string[]): Promise<RunModels> {
  if (folders.length === 0)
    throw new SkiagramError({
      code: 'leaderboard-no-run',
      message: 'No run was named.',
      hint: 'Name one or more run folders: `skiagram leaderboard runs/a runs/b`.',
      exitCode: exitCodes.usage,
    });
  const twice = folders.find((folder, index) =>
    folders.slice(0, index).some((other) => resolve(other) === resolve(folder)),
  );
  if (twice !== undefined)
    throw new SkiagramError({
      code: 'leaderboard-run-twice',
      message: `${twice} is named twice.`,
      hint: 'Name every run folder once.',
      exitCode: exitCodes.usage,
    });
  const models: ModelScores[] = [];
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const runs: Leaderboard['runs'] = [];
  let seed: number | undefined;
  for (const root of folders) {
    const { dossier, verdict, started, folder } = await openRun(root);
    const run = basename(resolve(root));
    seed ??= dossier.seed;
    const own: ModelScores[] = [];
    for (const checkpoint of dossier.checkpoints)
      own.push(
        modelScores(
          {
            run,
            checkpoint,
            families: dossier.families,
            runs: await rawRuns(folder, checkpoint.id),
            verdict: verdict?.comparisons.find((entry) => entry.checkpoint === checkpoint.id),
          },
          once,
        ),
      );
    const measured = own.flatMap((model) => model.measured ?? []).sort();
    runs.push({ run, title: dossier.title, date: measured.at(-1) ?? started });
    models.push(...own);
  }
  return { models, runs, seed: seed ?? 0 };
}

async function openRun(root: string): Promise<{
  folder: RunFolder;
  dossier: Dossier;
  verdict: Verdict | undefined;
  started: string | null;
}> {
  const isFolder = (await stat(root).catch(() => undefined))?.isDirectory() ?? false;
  const folder = RunFolder.at(root);
  const dossier = isFolder ? await folder.read(Dossier, 'dossier.json') : undefined;
  if (dossier === undefined)
    throw new SkiagramError({
      code: 'run-missing',
      message: `${root} holds no finished run (${isFolder ? 'there is no dossier.json in it' : 'it is no folder'}).`,
      hint: 'Make one with `skiagram run`, or name its folder.',
      exitCode: exitCodes.usage,
    });
  const manifest = await folder.read(Manifest, 'manifest.json');
  return { folder, dossier, verdict: await folder.read(Verdict, 'verdict.json'), started: manifest?.started ?? null };
}

/** Results of a checkpoint with their items; none where it was not evaluated. */
async function rawRuns(folder: RunFolder, checkpoint: string): Promise<RawRun[]> {
  const name = await scoresName(folder, checkpoint);
  const document = name === undefined ? undefined : await folder.read(ScoresDocument, name);
  if (!document) return [];
  const samples = document.samples === null ? new Map<string, RawSample[]>() : await itemsOf(folder, document.samples);
  return document.runs.map(({ tasks, ...run }) => ({
    ...run,
    tasks: tasks.map(({ items: _, ...task }) => ({ ...task, samples: samples.get(keyOf(run.suite, task.task)) ?? [] })),
  }));
}

/** File names may be changed where an id is no file name, so the document says whose it is. */
async function scoresName(folder: RunFolder, checkpoint: string): Promise<string | undefined> {
  const names = (await readdir(folder.path('scores')).catch(() => [])).filter((name) => name.endsWith('.json')).sort();
  const likely = names.filter((name) => name === `${checkpoint}.json`);
  for (const name of [...likely, ...names]) {
    const document = await folder.read(ScoresDocument, `scores/${name}`);
    if (document?.checkpoint === checkpoint) return `scores/${name}`;
  }
  return undefined;
}

async function itemsOf(folder: RunFolder, file: string): Promise<Map<string, RawSample[]>> {
  if (/(^|[\\/])\.\.([\\/]|$)|^([\\/]|[a-z]:)/i.test(file))
    throw new SkiagramError({
      code: 'artifact-invalid',
      message: `The samples of a checkpoint in ${folder.root} are said to lie outside the run folder: ${file}.`,
      hint: 'Run again with --fresh, or copy the run folder again.',
    });
  const rows = await readParquet(folder.path(file), [...columns]);
  if (rows === undefined)
    throw new SkiagramError({
      code: 'artifact-invalid',
      message: `${folder.path(file)} is not there, and the scores beside it say that it is.`,
      hint: 'Copy the whole run folder, samples/ included, or run again with --resume.',
    });
  const tasks = new Map<string, Map<string, RawSample>>();
  for (const row of rows) {
    const text = (name: (typeof columns)[number]): string | null => (typeof row[name] === 'string' ? row[name] : null);
    const key = keyOf(text('suite') ?? '', text('task') ?? '');
    const items = tasks.get(key) ?? new Map<string, RawSample>();
    tasks.set(key, items);
    const [item, filter, metric] = [text('item') ?? '', text('filter') ?? '', text('metric') ?? ''];
    if (typeof row.value !== 'number' || !Number.isFinite(row.value)) continue;
    const place = JSON.stringify([filter, item]);
    const known = items.get(place);
    // A second row of one item and metric is a document that is there twice; it is kept apart so that it is noticed.
    if (known && !Object.hasOwn(known.metrics, metric)) known.metrics[metric] = row.value;
    else
      items.set(known ? JSON.stringify([filter, item, items.size]) : place, {
        docId: item,
        docHash: text('doc_hash'),
        promptHash: text('prompt_hash'),
        targetHash: text('target_hash'),
        cluster: text('cluster'),
        filter,
        metrics: { [metric]: row.value },
      });
  }
  return new Map([...tasks].map(([key, items]) => [key, [...items.values()]]));
}

const columns = [
  ...['suite', 'task', 'filter', 'metric', 'item', 'cluster', 'value'],
  ...['doc_hash', 'prompt_hash', 'target_hash'],
] as const;

function keyOf(suite: string, task: string): string {
  return JSON.stringify([suite, task]);
}
