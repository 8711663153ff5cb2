import { SkiagramError } from '../../base/error.ts';
import type { RawMetric, RawSample, RawTask } from '../raw-run.ts';
import { unreadableTable } from '../source/table-rows.ts';
import { unitWarnings } from '../unit-warning.ts';
import type { ScoreRow } from './row.ts';

/**
 * One task from rows of scores: one metric a row.
 *
 * @throws SkiagramError `task-twice` where a score comes twice, `results-malformed` where rows disagree about the task
 */
export function taskOfScores(name: string, task: string, rows: readonly ScoreRow[]): RawTask {
  const facts = taskFacts(name, rows);
  const seen = new Map<string, ScoreRow>();
  for (const row of rows) {
    const key = JSON.stringify([row.metric, row.filter]);
    const earlier = seen.get(key);
    if (earlier) throw twice(name, earlier, row, `${row.metric},${row.filter} of task "${task}"`, 'task-twice');
    seen.set(key, row);
  }
  const metrics = rows.map(
    ({ metric, filter, value, stderr, unit }): RawMetric => ({
      metric,
      filter,
      value,
      stderr,
      higherIsBetter: null,
      unit,
    }),
  );
  return { ...facts, task, metrics, samples: [], warnings: [...lost(metrics), ...unitWarnings(metrics)] };
}

/**
 * One task from rows of items: each metric is the mean over its items, n the number of items.
 *
 * @throws SkiagramError `samples-duplicate` where an item comes twice under one metric, `results-malformed` where an
 *   item has no value, or rows disagree about its cluster or the scale
 */
export function taskOfItems(name: string, task: string, rows: readonly ScoreRow[]): RawTask {
  const items = new Map<string, { sample: RawSample; first: ScoreRow }>();
  const sums = new Map<string, { metric: string; filter: string; sum: number; count: number; first: ScoreRow }>();
  const seen = new Map<string, ScoreRow>();
  for (const row of rows) {
    const { item, metric, filter, value } = row;
    if (item === null) throw unreadableTable(`${name}, ${row.place}`, 'the item has no name');
    if (value === null)
      throw unreadableTable(
        `${name}, ${row.place}`,
        `item ${item} has no value; the mean of the others would be another score`,
      );
    const key = JSON.stringify([item, metric, filter]);
    const earlier = seen.get(key);
    if (earlier)
      throw twice(name, earlier, row, `item ${item} of task "${task}" under ${metric},${filter}`, 'samples-duplicate');
    seen.set(key, row);
    addItem(items, name, row, item, value);
    const sumKey = JSON.stringify([metric, filter]);
    const sum = sums.get(sumKey) ?? { metric, filter, sum: 0, count: 0, first: row };
    if (sum.first.unit !== row.unit)
      throw unreadableTable(
        `${name}, ${row.place}`,
        `${metric} is counted in ${row.unit} here and in ${sum.first.unit} in ${sum.first.place}`,
      );
    sums.set(sumKey, { ...sum, sum: sum.sum + value, count: sum.count + 1 });
  }
  const metrics = [...sums.values()].map(
    ({ metric, filter, sum, count, first }): RawMetric => ({
      metric,
      filter,
      value: sum / count,
      stderr: null,
      higherIsBetter: null,
      unit: first.unit,
    }),
  );
  const n = new Set(rows.map(({ item }) => item)).size;
  const incomplete = [...sums.values()]
    .filter(({ count }) => count !== n)
    .map(({ metric, filter, count }) => ({
      code: 'samples-incomplete',
      message: `${count} of ${n} items have a value of ${metric},${filter}.`,
    }));
  return {
    ...taskFacts(name, rows),
    task,
    n,
    metrics,
    samples: [...items.values()].map(({ sample }) => sample),
    warnings: [...incomplete, ...unitWarnings(metrics)],
  };
}

function addItem(
  items: Map<string, { sample: RawSample; first: ScoreRow }>,
  name: string,
  row: ScoreRow,
  item: string,
  value: number,
): void {
  const key = JSON.stringify([item, row.filter]);
  const known = items.get(key);
  if (known === undefined) {
    items.set(key, {
      first: row,
      sample: {
        docId: itemId(item),
        docHash: null,
        promptHash: null,
        targetHash: null,
        cluster: row.cluster,
        filter: row.filter,
        metrics: { [row.metric]: value },
      },
    });
    return;
  }
  if (known.first.cluster !== row.cluster)
    throw unreadableTable(
      `${name}, ${row.place}`,
      `item ${item} is in cluster ${row.cluster} here and in ${known.first.cluster} in ${known.first.place}`,
    );
  Object.defineProperty(known.sample.metrics, row.metric, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

/** A whole number is the same id in a table of texts and in one of numbers; `007` is a name. */
function itemId(item: string): number | string {
  return /^(?:0|[1-9]\d{0,14})$/.test(item) ? Number(item) : item;
}

/** What must be the same in all rows of a task. */
function taskFacts(
  name: string,
  rows: readonly ScoreRow[],
): Pick<RawTask, 'version' | 'nShot' | 'outputType' | 'hash' | 'n' | 'nOriginal'> {
  const agreed = <Key extends 'version' | 'shots' | 'n'>(key: Key): ScoreRow[Key] | null => {
    const said = rows.filter((row) => row[key] !== null);
    const [first] = said;
    const other = said.find((row) => row[key] !== first?.[key]);
    if (first && other)
      throw unreadableTable(
        `${name}, ${other.place}`,
        `${key} of task "${other.task}" is ${other[key]} here and ${first[key]} in ${first.place}`,
      );
    return first?.[key] ?? null;
  };
  return {
    version: agreed('version'),
    nShot: agreed('shots'),
    outputType: null,
    hash: null,
    n: agreed('n'),
    nOriginal: null,
  };
}

function lost(metrics: readonly RawMetric[]): RawTask['warnings'] {
  const names = metrics.filter(({ value }) => value === null).map(({ metric, filter }) => `${metric},${filter}`);
  return names.length === 0
    ? []
    : [{ code: 'non-finite-score', message: `The table gives no number for ${names.join(', ')}.` }];
}

function twice(name: string, one: ScoreRow, two: ScoreRow, what: string, code: string): SkiagramError {
  return new SkiagramError({
    code,
    message: `${name}: ${what} comes twice, in ${one.place} and ${two.place}.`,
    hint: 'Keep one of them, or tell them apart by `filter` or `model`.',
  });
}
