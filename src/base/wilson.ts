import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './measured.ts';

/**
 * Wilson score interval of a share, k successes of n, on the scale 0..1.
 * Keeps its coverage at small n and near 0 and 1, where mean ± 2·SE does not (Wilson 1927).
 *
 * `wilson(0, 10)` is [0, 0.278]; `wilson(5, 10)` is [0.237, 0.763].
 */
export function wilson(k: number, n: number, level = 0.95): Interval {
  const z = quantile((1 + level) / 2, 0, 1);
  const share = k / n;
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half), level, method: 'Wilson' };
}
