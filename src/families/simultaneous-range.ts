import { type Measured, ok } from '../base/measured.ts';
import type { RandomStream } from '../base/random.ts';
import type { FamilyEstimates } from './gain-table.ts';

/**
 * Largest minus smallest family gain with a simultaneous 95 % interval, for runs without a declared axis.
 *
 * Picking the two extremes after looking inflates their difference, so the bound is the 95 % quantile of the largest
 * studentised difference of all family pairs (the Tukey–Kramer idea, by simulation so that unequal task counts are
 * exact). With five families and 13 degrees of freedom the quantile is 3.15.
 */
export function simultaneousRange(estimates: FamilyEstimates, draws: number, random: RandomStream): Measured {
  const { families, df } = estimates;
  const means = families.map((family) => family.mean);
  const [top, bottom] = [means.indexOf(Math.max(...means)), means.indexOf(Math.min(...means))];
  const range = (means[top] ?? 0) - (means[bottom] ?? 0);
  const se = Math.sqrt((families[top]?.random ?? 0) + (families[bottom]?.random ?? 0));
  const half =
    largestDifferenceQuantile(
      families.map((family) => 1 / family.tasks),
      df,
      draws,
      random,
    ) * se;
  return ok(range, {
    se,
    n: families.length,
    interval: { low: range - half, high: range + half, level: 0.95, method: 'simultaneous over all family pairs' },
  });
}

/** 95 % quantile of max |z_a − z_b| / √(1/T_a + 1/T_b) / s, z_f ~ N(0, 1/T_f), s² ~ χ²(df)/df. */
function largestDifferenceQuantile(
  inverseTasks: readonly number[],
  df: number,
  draws: number,
  random: RandomStream,
): number {
  const largest = Array.from({ length: draws }, () => {
    const noise = inverseTasks.map((inverse) => Math.sqrt(inverse) * random.normal());
    let chi = 0;
    for (let index = 0; index < df; index++) chi += random.normal() ** 2;
    let maximum = 0;
    for (let a = 0; a < noise.length; a++) {
      for (let b = 0; b < a; b++) {
        const difference =
          Math.abs((noise[a] ?? 0) - (noise[b] ?? 0)) / Math.sqrt((inverseTasks[a] ?? 0) + (inverseTasks[b] ?? 0));
        maximum = Math.max(maximum, difference);
      }
    }
    return maximum / Math.sqrt(chi / df);
  });
  largest.sort((a, b) => a - b);
  return largest[Math.ceil(0.95 * draws) - 1] ?? Number.POSITIVE_INFINITY;
}
