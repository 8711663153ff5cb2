import { quantileSorted } from 'simple-statistics';
import type { Interval } from '../base/measured.ts';
import type { RandomStream } from '../base/random.ts';

/**
 * Moving-block bootstrap over depth (Künsch 1989): blocks of max(2, round(∛L)) consecutive layers, all matrices of a
 * layer together, because neighbouring layers resemble each other (METHOD § 3.4). Returns one statistic per draw.
 */
export function depthBootstrap<Row extends { readonly depth: number }, Statistic>(
  rows: readonly Row[],
  depths: readonly number[],
  draws: number,
  random: RandomStream,
  statistic: (sample: readonly Row[]) => Statistic,
): Statistic[] {
  const layers = depths.map((depth) => rows.filter((row) => row.depth === depth));
  const block = Math.max(2, Math.round(Math.cbrt(layers.length)));
  return Array.from({ length: draws }, () => {
    const picked: (readonly Row[])[] = [];
    while (picked.length < layers.length) {
      const start = random.below(layers.length - block + 1);
      picked.push(...layers.slice(start, start + block));
    }
    return statistic(picked.slice(0, layers.length).flat());
  });
}

/** 95 % percentile interval of bootstrap draws. */
export function percentileInterval(draws: readonly number[]): Interval {
  const sorted = [...draws].sort((a, b) => a - b);
  return {
    low: quantileSorted(sorted, 0.025),
    high: quantileSorted(sorted, 0.975),
    level: 0.95,
    method: 'block bootstrap over depth',
  };
}
