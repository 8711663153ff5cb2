import type { RawMetric, RawSample, RawTask } from './raw-run.ts';

type Warning = RawTask['warnings'][number];

/** Largest difference between a score and the mean of its items that rounding explains, relative above 1. */
const tolerance = 1e-6;

/**
 * What is odd about the scores of one task beside its items. Codes: `non-finite-score`, `samples-missing`,
 * `samples-incomplete`, `samples-disagree`. Every per-sample metric is taken to have the mean as its score.
 *
 * @param n items behind the scores; null = unknown, then as many as there are
 */
export function sampleWarnings(task: {
  metrics: readonly RawMetric[];
  samples: readonly RawSample[];
  n: number | null;
}): Warning[] {
  const warnings: Warning[] = [];
  const lost = task.metrics.filter(({ value }) => value === null).map(named);
  if (lost.length > 0)
    warnings.push({
      code: 'non-finite-score',
      message: `The harness reported no finite number for ${lost.join(', ')}.`,
    });
  if (task.samples.length === 0)
    return [
      ...warnings,
      { code: 'samples-missing', message: 'There are no results item by item, so only the totals can be compared.' },
    ];
  return [...warnings, ...task.metrics.flatMap((metric) => disagreeing(metric, task.samples, task.n))];
}

function disagreeing(metric: RawMetric, samples: readonly RawSample[], n: number | null): Warning[] {
  let [sum, count] = [0, 0];
  for (const { filter, metrics } of samples) {
    const value =
      filter === metric.filter && Object.hasOwn(metrics, metric.metric) ? metrics[metric.metric] : undefined;
    if (value === undefined) continue;
    sum += value;
    count++;
  }
  if (count === 0) return [];
  if (n !== null && count !== n)
    return [
      {
        code: 'samples-incomplete',
        message: `${count} items have a value of ${named(metric)}; the score was made from ${n}.`,
      },
    ];
  const mean = sum / count;
  if (metric.value === null || Math.abs(mean - metric.value) <= tolerance * Math.max(1, Math.abs(mean))) return [];
  return [
    {
      code: 'samples-disagree',
      message: `${named(metric)} is ${metric.value} in the results, but the ${count} items average ${mean}.`,
    },
  ];
}

function named({ metric, filter }: RawMetric): string {
  return `${metric},${filter}`;
}
