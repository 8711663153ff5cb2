import type { LeftOut, RawMetric } from '../raw-run.ts';
import { malformed } from '../source/malformed.ts';
import type { InspectLog, InspectScore } from './log.ts';

/** One score of a log: a scorer (or one of its values) under one reducer. */
export interface ScoreRow {
  readonly filter: string;
  /** Key of the score in the samples. */
  readonly scorer: string;
  /** Key within a score that is an object; undefined where the score is one value. */
  readonly key: string | undefined;
  readonly reducer: string;
  /** Metrics that are the mean over items. */
  readonly means: readonly string[];
  readonly metrics: readonly RawMetric[];
  readonly leftOut: readonly LeftOut[];
}

/** Metrics that say how far the items or the mean scatter. */
const spreads = new Set(['stderr', 'bootstrap_stderr', 'std', 'var']);

/**
 * The scores of a log, a row per scorer and reducer. `filter` is the scorer, with the key where a scorer gives several
 * values and the reducer where the log has several. The standard error of Inspect is that of the mean over items, so it
 * goes with `accuracy` and `mean` and with nothing else.
 *
 * @throws SkiagramError `results-malformed` where two scores have one name
 */
export function readScores(log: InspectLog, name: string): ScoreRow[] {
  const { scores } = log.results;
  const severalReducers = new Set(scores.map(reducerOf)).size > 1;
  const filters = new Set<string>();
  return scores.map((score, index) => {
    const key = score.name === score.scorer ? undefined : score.name;
    const parts = [score.scorer, ...(key === undefined ? [] : [key]), ...(severalReducers ? [reducerOf(score)] : [])];
    const filter = parts.join('/');
    const at = `results.scores[${index}]`;
    if (filters.has(filter)) throw malformed(name, `${at}.name`, `the score "${filter}" comes a second time`);
    filters.add(filter);
    return row(score, { filter, key, name, at });
  });
}

function row(
  score: InspectScore,
  { filter, key, name, at }: { filter: string; key: string | undefined; name: string; at: string },
): ScoreRow {
  const entries = Object.entries(score.metrics);
  const means = entries.filter(([, metric]) => isMean(metric)).map(([metric]) => metric);
  const errorKey = ['stderr', 'bootstrap_stderr'].find((error) => Object.hasOwn(score.metrics, error));
  const stderr = errorKey === undefined ? null : (score.metrics[errorKey]?.value ?? null);
  if (stderr !== null && stderr < 0)
    throw malformed(name, `${at}.metrics.${errorKey}.value`, `a standard error is not negative; received ${stderr}`);
  const used = means.length > 0 ? errorKey : undefined;
  return {
    filter,
    scorer: score.scorer,
    key,
    reducer: reducerOf(score),
    means,
    metrics: entries
      .filter(([metric, { group }]) => group || !spreads.has(metric))
      .map(([metric, { value }]) => ({
        metric,
        filter,
        value,
        stderr: means.includes(metric) ? stderr : null,
        higherIsBetter: null,
        unit: 'unknown' as const,
      })),
    leftOut: entries
      .filter(([metric, { group }]) => !group && spreads.has(metric) && metric !== used)
      .map(([metric]) => ({
        what: `${name}: ${at}.metrics.${metric}`,
        reason:
          means.length > 0 ? 'says how items scatter; it is no score' : 'the error of a mean that is not reported',
      })),
  };
}

function isMean({ name, group }: { name: string; group?: string | null }): boolean {
  return !group && ['accuracy', 'mean'].includes(name.slice(name.lastIndexOf('/') + 1));
}

function reducerOf(score: InspectScore): string {
  return score.reducer ?? 'mean';
}
