import chisquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';

/**
 * Cochran's Q = Σ w_f (θ_f − θ̄_w)², w = 1/V_f: do family gains differ by more than item noise? p from χ²(F − 1)
 * (Cochran 1954). Needs two families.
 */
export function cochranQ(means: readonly number[], variances: readonly number[]): { Q: number; p: number } {
  const Q = weightedSquares(means, variances);
  return { Q, p: 1 - chisquareCdf(Q, means.length - 1) };
}

/** Σ w (y − ȳ_w)², the quantity that Q, Paule–Mandel and the Q-profile interval share. */
export function weightedSquares(means: readonly number[], variances: readonly number[]): number {
  const weights = variances.map((variance) => 1 / variance);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const centre = means.reduce((sum, mean, index) => sum + mean * (weights[index] ?? 0), 0) / total;
  return means.reduce((sum, mean, index) => sum + (weights[index] ?? 0) * (mean - centre) ** 2, 0);
}
