import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import { weightedSquares } from './cochran-q.ts';

/** Dispersion τ of true family gains, in the unit of the gains, with a 95 % interval. */
export interface Dispersion {
  readonly tau: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Between-family standard deviation by Paule–Mandel (1982): the t for which Q(y, V + t) equals its expectation F − 1;
 * interval by Q-profile (Viechtbauer 2007), which keeps its level at few families. Needs three families.
 */
export function betweenFamilies(means: readonly number[], variances: readonly number[]): Dispersion {
  const df = means.length - 1;
  return {
    tau: Math.sqrt(solve(means, variances, df)),
    low: Math.sqrt(solve(means, variances, chisquareQuantile(0.975, df))),
    high: Math.sqrt(solve(means, variances, chisquareQuantile(0.025, df))),
  };
}

/** The t ≥ 0 with Q(y, V + t) = target; 0 where Q is already below it. Q falls monotonically in t. */
function solve(means: readonly number[], variances: readonly number[], target: number): number {
  const excess = (t: number): number =>
    weightedSquares(
      means,
      variances.map((variance) => variance + t),
    ) - target;
  if (excess(0) <= 0) return 0;
  let high = Math.max(...variances, 1e-12);
  while (excess(high) > 0) high *= 2;
  let low = 0;
  for (let step = 0; step < 200 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (excess(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
