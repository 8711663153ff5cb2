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
  return [
    ...warnings,
    ...task.metrics.flatMap((metric) => incomplete(metric, task.samples, task.n)),
    ...disagreeing(task.metrics, task.samples, task.n),
  ];
}

/**
 * Compares scores that are plain means with the means of their items, where all items are there: code
 * `samples-disagree`. A metric that no item has is passed over.
 *
 * @param n items behind the scores; null = as many as there are
 */
export function disagreeing(metrics: readonly RawMetric[], samples: readonly RawSample[], n: number | null): Warning[] {
  return metrics.flatMap(({ metric, filter, value }) => {
    const values = samples
      .filter((sample) => sample.filter === filter)
      .map((sample) => (Object.hasOwn(sample.metrics, metric) ? sample.metrics[metric] : undefined));
    const numbers = values.filter((entry) => entry !== undefined);
    const whole = numbers.length > 0 && numbers.length === (n ?? values.length);
    if (value === null || !whole) return [];
    const mean = numbers.reduce((sum, entry) => sum + entry, 0) / numbers.length;
    if (Math.abs(mean - value) <= tolerance * Math.max(1, Math.abs(mean))) return [];
    return [
      {
        code: 'samples-disagree',
        message: `${metric},${filter} is ${value} in the results, but the ${numbers.length} items average ${mean}.`,
      },
    ];
  });
}

function incomplete(metric: RawMetric, samples: readonly RawSample[], n: number | null): Warning[] {
  const count = samples.filter(
    ({ filter, metrics }) => filter === metric.filter && Object.hasOwn(metrics, metric.metric),
  ).length;
  if (count === 0 || n === null || count === n) return [];
  return [
    {
      code: 'samples-incomplete',
      message: `${count} items have a value of ${named(metric)}; the score was made from ${n}.`,
    },
  ];
}

function named({ metric, filter }: RawMetric): string {
  return `${metric},${filter}`;
}
