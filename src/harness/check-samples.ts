import type { RawMetric, RawSample, RawTask } from './raw-run.ts';

type Warning = RawTask['warnings'][number];

/** Largest difference between a score and the mean of its items that rounding explains, relative above 1. */
const tolerance = 1e-6;

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
