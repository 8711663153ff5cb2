import type { RawMetric, RawRun, RawSample, RawTask } from '../harness/raw-run.ts';

/**
 * From so many parts on, a part is the cluster of its items. Cluster-robust errors of a handful of clusters are too small
 * (Cameron, Gelbach & Miller 2008 see over-rejection at 5 to 30 clusters), so fewer parts keep the clusters of their items.
 */
export const fewestPartClusters = 10;

/**
 * Can these parts be read as one task: do all say how many items they have, so that items and not parts weigh equally, and
 * are all counted in the same unit?
 */
export function poolable(parts: readonly RawTask[], metric: string, filter: string): boolean {
  return (
    parts.every((part) => (itemsOf(part, metric, filter).length || part.n) ?? 0) &&
    same(parts.map((part) => metricOf(part, metric, filter)?.unit ?? 'points'))
  );
}

/**
 * Reads the parts of one benchmark in one run as one task: items put together, each part a cluster (METHOD § 2.3: with
 * correlated sub-tasks the benchmark is the task). The score is the mean over items; where a part kept no items it is the
 * mean of the parts' scores weighted by n, and the pooled task has no items either.
 *
 * @param id name of the pooled task
 * @param parts at least two, all with the metric
 */
export function poolParts(id: string, parts: readonly RawTask[], metric: string, filter: string): RawTask {
  const items = parts.map((part) => itemsOf(part, metric, filter));
  const itemised = items.every((list) => list.length > 0);
  const counts = parts.map((part, index) => items[index]?.length || (part.n ?? 0));
  const n = sum(counts);
  const entries = parts.map((part) => metricOf(part, metric, filter));
  const values = entries.map((entry) => entry?.value ?? null);
  const errors = entries.map((entry) => entry?.stderr ?? null);
  return {
    task: id,
    version: agreed(parts.map((part) => part.version)),
    nShot: same(parts.map((part) => part.nShot)) ? (parts[0]?.nShot ?? null) : null,
    outputType: agreed(parts.map((part) => part.outputType)),
    hash: parts.every((part) => part.hash !== null) ? digest(parts.map((part) => `${part.task} ${part.hash}`)) : null,
    protocol: agreed(parts.map((part) => part.protocol ?? null)),
    n,
    nOriginal: parts.every((part) => part.nOriginal !== null) ? sum(parts.map((part) => part.nOriginal ?? 0)) : null,
    metrics: [
      {
        metric,
        filter,
        value: weighted(values, counts),
        stderr: errors.every((error) => error !== null)
          ? Math.sqrt(sum(errors.map((error, index) => ((error ?? 0) * (counts[index] ?? 0)) ** 2))) / n
          : null,
        higherIsBetter: entries[0]?.higherIsBetter ?? null,
        ...(entries[0]?.unit === undefined ? {} : { unit: entries[0].unit }),
      },
    ],
    samples: itemised
      ? parts.flatMap((part, index) => pooledItems(part.task, items[index] ?? [], metric, parts.length))
      : [],
    warnings: distinct(parts.flatMap((part) => part.warnings.map((warning) => ({ ...warning, part: part.task })))),
  };
}

/** A run in which the pooled task stands before its parts, which stay to be shown. */
export function withPooled(run: RawRun, pooled: RawTask): RawRun {
  return { ...run, tasks: [pooled, ...run.tasks.filter((task) => task.task !== pooled.task)] };
}

function metricOf(part: RawTask, metric: string, filter: string): RawMetric | undefined {
  return part.metrics.find((entry) => entry.metric === metric && entry.filter === filter);
}

function itemsOf(part: RawTask, metric: string, filter: string): RawSample[] {
  return part.samples.filter((sample) => sample.filter === filter && sample.metrics[metric] !== undefined);
}

function pooledItems(part: string, items: readonly RawSample[], metric: string, parts: number): RawSample[] {
  return items.map((item) => ({
    ...item,
    docId: `${part}/${item.docId}`,
    cluster: parts >= fewestPartClusters ? part : item.cluster === null ? null : `${part}/${item.cluster}`,
    metrics: { [metric]: item.metrics[metric] ?? 0 },
  }));
}

function weighted(values: readonly (number | null)[], counts: readonly number[]): number | null {
  if (values.some((value) => value === null)) return null;
  return sum(values.map((value, index) => (value ?? 0) * (counts[index] ?? 0))) / sum(counts);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function same(values: readonly unknown[]): boolean {
  return values.every((value) => value === values[0]);
}

/** The one value of all parts, or a text that is equal in two runs exactly where all their parts are. */
function agreed(values: readonly (string | null)[]): string | null {
  if (same(values)) return values[0] ?? null;
  return digest(values.map((value) => value ?? ''));
}

/** 64-bit FNV-1a over texts, for telling two lists apart in a few characters; guards against mistakes, not against forgery. */
function digest(texts: readonly string[]): string {
  let hash = 0xcbf29ce484222325n;
  for (const character of texts.join('\n')) {
    hash ^= BigInt(character.codePointAt(0) ?? 0);
    hash = BigInt.asUintN(64, hash * 0x100000001b3n);
  }
  return `${texts.length} parts, ${hash.toString(16).padStart(16, '0')}`;
}

function distinct(
  warnings: readonly { code: string; message: string; part: string }[],
): { code: string; message: string }[] {
  const byCode = new Map<string, { code: string; message: string; part: string }[]>();
  for (const warning of warnings) byCode.set(warning.code, [...(byCode.get(warning.code) ?? []), warning]);
  return [...byCode.values()].map((list) => ({
    code: list[0]?.code ?? '',
    message:
      list.length === 1
        ? `${list[0]?.part}: ${list[0]?.message}`
        : `${list[0]?.part} and ${list.length - 1} more parts: ${list[0]?.message}`,
  }));
}
