import type { RawMetric } from '../raw-run.ts';
import type { Results } from './results-file.ts';
import { object, own, unreadable } from './shape.ts';

const notMetrics = new Set(['name', 'alias', 'sample_len', 'sample_count']);

/**
 * The scores of one task. Keys are `<metric>,<filter>` and `<metric>_stderr,<filter>`, split at the first comma; files of
 * lm-eval 0.3 have no filter, which reads as `none`. A standard error of "N/A" is null, never 0.
 *
 * @throws SkiagramError `results-unreadable`
 * @example `{"acc,none": 0.5, "acc_stderr,none": "N/A"}` gives `[{metric: 'acc', filter: 'none', value: 0.5, stderr: null, …}]`.
 */
export function readMetrics(results: Results, task: string, file: string): RawMetric[] {
  const place = `results.${task}`;
  const entries = Object.entries(object(own(results.results, task), file, place))
    .filter(([key]) => !notMetrics.has(key))
    .map(([key, value]) => ({ key, value, ...split(key) }));
  const byName = new Map(entries.map((entry) => [`${entry.metric},${entry.filter}`, entry.value]));
  const isError = (metric: string, filter: string): boolean =>
    metric.endsWith('_stderr') && byName.has(`${metric.slice(0, -'_stderr'.length)},${filter}`);
  return entries
    .filter(({ metric, filter, value }) => !isError(metric, filter) && !notRun(metric, value))
    .map(({ key, metric, filter, value }) => ({
      metric,
      filter,
      value: number(value, file, `${place}["${key}"]`),
      stderr: number(byName.get(`${metric}_stderr,${filter}`) ?? null, file, `${place}["${metric}_stderr,${filter}"]`),
      higherIsBetter: direction(own(own(results.higher_is_better, task), metric)),
    }));
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
  if (value === null || value === 'N/A') return null;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw unreadable(file, place, 'a number', value);
}

function direction(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}
