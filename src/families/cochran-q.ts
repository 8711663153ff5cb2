import chisquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import fCdf from '@stdlib/stats-base-dists-f-cdf';

/**
 * Cochran's Q = Σ w_f (θ_f − θ̄_w)², w = 1/V_f: do family gains differ by more than item noise? p from χ²(F − 1)
 * (Cochran 1954). Needs two families.
 *
 * Where variances rest on few clusters (`dfs`) Q is too large too often, so p comes from Welch's (1951) F instead:
 * Q/(F − 1)/(1 + 2(F − 2)Λ/(F² − 1)) on F − 1 and (F² − 1)/(3Λ) df, Λ = Σ (1 − w_f/Σw)²/df_f. With many clusters Λ is
 * 0 and that is χ².
 */
export function cochranQ(
  means: readonly number[],
  variances: readonly number[],
  dfs: readonly number[] = [],
): { Q: number; p: number } {
  const Q = weightedSquares(means, variances);
  const families = means.length;
  const weights = variances.map((variance) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const lambda = weights.reduce(
    (sum, weight, index) => sum + (1 - weight / total) ** 2 / (dfs[index] ?? Number.POSITIVE_INFINITY),
    0,
  );
  const denominator = (families ** 2 - 1) / (3 * lambda);
  if (denominator > manyDf) return { Q, p: 1 - chisquareCdf(Q, families - 1) };
  const F = Q / (families - 1) / (1 + (2 * (families - 2) * lambda) / (families ** 2 - 1));
  return { Q, p: 1 - fCdf(F, families - 1, denominator) };
}

/** From here on F and χ² agree to more digits than p is printed with. */
const manyDf = 1e6;

/** Σ w (y − ȳ_w)², the quantity that Q, Paule–Mandel and the Q-profile interval share. */
export function weightedSquares(means: readonly number[], variances: readonly number[], added = 0): number {
  return weightedMoments(means, variances, added).squares;
}

/** Σ w (y − ȳ_w)² and Σ w² (y − ȳ_w)² for w = 1/(V + added); the second is minus the slope of the first in `added`. */
export function weightedMoments(
  means: readonly number[],
  variances: readonly number[],
  added: number,
): { squares: number; fall: number } {
  let [total, sum] = [0, 0];
  for (let index = 0; index < means.length; index++) {
    const weight = 1 / ((variances[index] as number) + added);
    total += weight;
    sum += weight * (means[index] as number);
  }
  const centre = sum / total;
  let [squares, fall] = [0, 0];
  for (let index = 0; index < means.length; index++) {
    const weight = 1 / ((variances[index] as number) + added);
    const term = weight * ((means[index] as number) - centre) ** 2;
    squares += term;
    fall += weight * term;
  }
  return { squares, fall };
}
