import quantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './measured.ts';

/**
 * Wilson score interval of a share, k successes of n, on the scale 0..1.
 * Keeps its coverage at small n and near 0 and 1, where mean ± 2·SE does not (Wilson 1927).
 *
 * `wilson(0, 10)` is [0, 0.278]; `wilson(5, 10)` is [0.237, 0.763].
 */
export function wilson(k: number, n: number, level = 0.95): Interval {
  return { ...scoreBounds(k / n, n, quantile((1 + level) / 2, 0, 1)), level, method: 'Wilson' };
}

/** Wilson's bounds for a share of n items, n an effective number where items move together; `critical` is z or t. */
export function scoreBounds(share: number, n: number, critical: number): { low: number; high: number } {
  const square = critical ** 2 / n;
  const centre = (share + square / 2) / (1 + square);
  const half = Math.sqrt(share * (1 - share) * square + square ** 2 / 4) / (1 + square);
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * Newcombe's hybrid score interval of the difference of two independent shares, second minus first (1998, Stat. Med. 17,
 * method 10): each side's Wilson bounds, joined as roots of squares.
 */
export function independentInterval(
  first: { readonly share: number; readonly n: number },
  second: { readonly share: number; readonly n: number },
  level = 0.95,
): Interval {
  const z = quantile((1 + level) / 2, 0, 1);
  const [a, b] = [scoreBounds(first.share, first.n, z), scoreBounds(second.share, second.n, z)];
  const centre = second.share - first.share;
  return {
    low: centre - Math.hypot(second.share - b.low, a.high - first.share),
    high: centre + Math.hypot(b.high - second.share, first.share - a.low),
    level,
    method: 'unpaired score (Newcombe)',
  };
}
