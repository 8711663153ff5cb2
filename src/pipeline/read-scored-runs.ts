import { readdir } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import type { RawRun, RawSample } from '../harness/raw-run.ts';
import { ScoresDocument } from '../harness/scores-document.ts';
import { readParquet } from '../store/parquet-rows.ts';
import type { RunFolder } from '../store/run-folder.ts';

/**
 * Results of one checkpoint as a run folder keeps them, with the items of its Parquet file. Undefined where it was not evaluated.
 *
 * @param totals what to do where the items are said to be there and are not: refuse (as a rule), or give the scores without them
 * @throws SkiagramError `artifact-invalid`
 */
export async function readScoredRuns(
  folder: RunFolder,
  checkpoint: string,
  { totals = false }: { readonly totals?: boolean } = {},
): Promise<RawRun[] | undefined> {
  const name = await scoresName(folder, checkpoint);
  const document = name === undefined ? undefined : await folder.read(ScoresDocument, name);
  if (!document) return undefined;
  const found = document.samples === null ? undefined : await itemsOf(folder, document.samples);
  if (document.samples !== null && found === undefined && !totals) throw itemsMissing(folder.path(document.samples));
  const samples = found ?? new Map<string, RawSample[]>();
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

/** Items by suite and task; undefined where the file is not there. */
async function itemsOf(folder: RunFolder, file: string): Promise<Map<string, RawSample[]> | undefined> {
  if (/(^|[\\/])\.\.([\\/]|$)|^([\\/]|[a-z]:)/i.test(file))
    throw new SkiagramError({
      code: 'artifact-invalid',
      message: `The samples of a checkpoint in ${folder.root} are said to lie outside the run folder: ${file}.`,
      hint: 'Run again with --fresh, or copy the run folder again.',
    });
  const rows = await readParquet(folder.path(file), [...columns]);
  if (rows === undefined) return undefined;
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

function itemsMissing(path: string): SkiagramError {
  return new SkiagramError({
    code: 'artifact-invalid',
    message: `${path} is not there, and the scores beside it say that it is.`,
    hint: 'Copy the whole run folder, samples/ included, or run again with --resume.',
  });
}

const columns = [
  ...['suite', 'task', 'filter', 'metric', 'item', 'cluster', 'value'],
  ...['doc_hash', 'prompt_hash', 'target_hash'],
] as const;

function keyOf(suite: string, task: string): string {
  return JSON.stringify([suite, task]);
}
