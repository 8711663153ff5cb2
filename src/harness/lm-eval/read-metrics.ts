import Type from 'typebox';
import type { LeftOut, RawMetric } from '../raw-run.ts';
import { checked } from '../source/checked.ts';
import type { Results } from './results-file.ts';
import { maybeObject, own } from './shape.ts';

const Metrics = Type.Record(Type.String(), Type.Unknown());
const Score = Type.Union([Type.Number(), Type.Literal('N/A'), Type.Null()]);
const StandardError = Type.Union([Type.Number({ minimum: 0 }), Type.Literal('N/A'), Type.Null()]);

const notMetrics = new Set(['name', 'alias', 'sample_len', 'sample_count', ' ']);

/** One entry of a task's metrics, still as written. */
export interface MetricEntry {
  readonly key: string;
  readonly metric: string;
  readonly filter: string;
  readonly value: unknown;
  /** Undefined where the harness wrote none. */
  readonly stderr: { readonly key: string; readonly value: unknown } | undefined;
}

/**
 * The scores of one task. Keys are `<metric>,<filter>` and `<metric>_stderr,<filter>`, split at the first comma; files of
 * lm-eval 0.3 have no filter, which reads as `none`. A standard error of "N/A" is null, never 0.
 *
 * @throws SkiagramError `results-malformed`
 * @example `{"acc,none": 0.5, "acc_stderr,none": "N/A"}` gives `[{metric: 'acc', filter: 'none', value: 0.5, stderr: null, …}]`.
 */
export function readMetrics(
  results: Results,
  task: string,
  file: string,
): { metrics: RawMetric[]; leftOut: LeftOut[] } {
  const entries = metricEntries(results, task, file);
  const run = entries.filter(({ metric, value }) => !notRun(metric, value));
  return {
    metrics: run.map(({ key, metric, filter, value, stderr }) => ({
      metric,
      filter,
      value: number(value, file, `results.${task}.${key}`),
      stderr: stderr === undefined ? null : error(stderr.value, file, `results.${task}.${stderr.key}`),
      higherIsBetter: direction(results, task, metric),
    })),
    leftOut: entries
      .filter(({ metric, value }) => notRun(metric, value))
      .map(({ metric }) => ({ what: `${metric} of ${task}`, reason: 'a length that was not run (-1)' })),
  };
}

/** What is in a task's metrics, each with its standard error. Throws `results-malformed` where the task has none. */
export function metricEntries(results: Results, task: string, file: string): MetricEntry[] {
  const written = checked(Metrics, own(results.results, task), file, `results.${task}`);
  const entries = Object.entries(maybeObject(written) ?? {})
    .filter(([key]) => !notMetrics.has(key))
    .map(([key, value]) => ({ key, value, ...split(key) }));
  const named = new Map(entries.map((entry) => [`${entry.metric},${entry.filter}`, entry]));
  const isError = (metric: string, filter: string): boolean =>
    metric.endsWith('_stderr') && named.has(`${metric.slice(0, -'_stderr'.length)},${filter}`);
  return entries
    .filter(({ metric, filter }) => !isError(metric, filter))
    .map((entry) => ({ ...entry, stderr: named.get(`${entry.metric}_stderr,${entry.filter}`) }));
}

/** Does a higher value of this metric mean better? Null where the harness does not say. */
export function direction(results: Results, task: string, metric: string): boolean | null {
  const value = own(own(results.higher_is_better, task), metric);
  return typeof value === 'boolean' ? value : null;
}

/** A standard error as written; null for "N/A". Throws `results-malformed` for a negative one. */
export function error(value: unknown, file: string, place: string): number | null {
  const found = checked(StandardError, value, file, place);
  return typeof found === 'number' ? found : null;
}

function split(key: string): { metric: string; filter: string } {
  const comma = key.indexOf(',');
  return comma === -1 ? { metric: key, filter: 'none' } : { metric: key.slice(0, comma), filter: key.slice(comma + 1) };
}

/** RULER names its metrics by length and writes -1 for a length that was not run. */
function notRun(metric: string, value: unknown): boolean {
  return /^\d+$/.test(metric) && value === -1;
}

function number(value: unknown, file: string, place: string): number | null {
  const found = checked(Score, value, file, place);
  return typeof found === 'number' ? found : null;
}
