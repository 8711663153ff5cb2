import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from '../base/measured.ts';

/**
 * Score interval of the difference of two paired shares (Tango 1998, Stat. Med. 17), on the scale −1..1: `gained` items
 * turned right, `lost` turned wrong, of n. Keeps its coverage where few items change, down to none.
 *
 * `pairedInterval(0, 0, 44)` is ±0.0803, not ±0.
 */
export function pairedInterval(gained: number, lost: number, n: number, level = 0.95): Interval {
  const z = normalQuantile((1 + level) / 2, 0, 1);
  const centre = (gained - lost) / n;
  return {
    low: crossing(-1, centre, (delta) => score(gained, lost, n, delta) > z),
    high: crossing(centre, 1, (delta) => score(gained, lost, n, delta) > -z),
    level,
    method: 'paired score (Tango)',
  };
}

/** (x̄ − δ)/SE with the share of losses at its constrained maximum likelihood under δ. Falls as δ rises. */
function score(gained: number, lost: number, n: number, delta: number): number {
  const b = (2 * n - gained + lost) * delta - gained - lost;
  const root = Math.sqrt(Math.max(0, b ** 2 + 8 * n * lost * delta * (1 - delta)));
  const losses = b > 0 ? (2 * lost * delta * (1 - delta)) / (root + b) : (root - b) / (4 * n);
  const variance = n * (2 * losses + delta * (1 - delta));
  const distance = gained - lost - n * delta;
  if (variance <= 0) return distance === 0 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(variance);
}

/** The place between two numbers at which `above` turns false. */
function crossing(from: number, to: number, above: (x: number) => boolean): number {
  let [low, high] = [from, to];
  if (above(high)) return high;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
