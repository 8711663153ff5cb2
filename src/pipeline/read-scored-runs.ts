import type { RawRun, RawSample } from '../harness/raw-run.ts';
import { ScoresDocument } from '../harness/scores-document.ts';
import { readParquet } from '../store/parquet-rows.ts';
import type { RunFolder } from '../store/run-folder.ts';

/**
 * Results of one checkpoint as a run folder keeps them: `scores/<id>.json` with the items of `samples/<id>.parquet`, where it
 * is still there. Undefined where there are no results.
 *
 * @throws SkiagramError `artifact-invalid` where one of the two cannot be read
 */
export async function readScoredRuns(folder: RunFolder, id: string): Promise<readonly RawRun[] | undefined> {
  const document = await folder.read(ScoresDocument, `scores/${id}.json`);
  if (!document) return undefined;
  const rows = document.samples === null ? undefined : await readParquet(folder.path(`samples/${id}.parquet`), columns);
  const items = itemsOf(rows ?? []);
  return document.runs.map((run) => ({
    ...run,
    tasks: run.tasks.map(({ items: _count, ...task }) => ({
      ...task,
      samples: [...(items.get(key(run.suite, task.task))?.values() ?? [])],
    })),
  }));
}

const columns = [
  ...['suite', 'task', 'filter', 'metric', 'item', 'cluster', 'value'],
  ...['doc_hash', 'prompt_hash', 'target_hash'],
];

/** Rows (one an item, filter and metric) -> samples by suite and task. An item's id is text here, on both sides alike. */
function itemsOf(rows: readonly Record<string, unknown>[]): Map<string, Map<string, RawSample>> {
  const tasks = new Map<string, Map<string, RawSample>>();
  for (const row of rows) {
    const name = key(String(row.suite), String(row.task));
    const samples = tasks.get(name) ?? new Map<string, RawSample>();
    tasks.set(name, samples);
    const id = key(String(row.item), String(row.filter));
    const known = samples.get(id);
    const value = typeof row.value === 'number' ? { [String(row.metric)]: row.value } : {};
    if (known) Object.assign(known.metrics, value);
    else
      samples.set(id, {
        docId: String(row.item),
        docHash: text(row.doc_hash),
        promptHash: text(row.prompt_hash),
        targetHash: text(row.target_hash),
        cluster: text(row.cluster),
        filter: String(row.filter),
        metrics: value,
      });
  }
  return tasks;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function key(first: string, second: string): string {
  return JSON.stringify([first, second]);
}
