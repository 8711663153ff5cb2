import { type Measured, skipped } from '../base/measured.ts';

/** Sum of the values, smallest first as they come, so that small ones are not lost. */
export function sum(ascending: Float64Array): number {
  let total = 0;
  for (const value of ascending) total += value;
  return total;
}

/** Measures with the largest eigenvalue; a zero matrix has none of the quantities that divide by it. */
export function nonZero(ascending: Float64Array, measure: (largest: number) => Measured): Measured {
  const largest = ascending.at(-1) ?? 0;
  return largest > 0 ? measure(largest) : skipped('zero-matrix', 'Every entry of the matrix is zero.');
}

/**
 * Shannon entropy in nats of the singular values as shares of their sum; exp of it is the effective rank.
 * n equal eigenvalues give ln n. The caller excludes the zero matrix.
 */
export function singularEntropy(eigenvalues: Float64Array): number {
  const singular = eigenvalues.map((value) => Math.sqrt(Math.max(0, value)));
  const total = sum(singular);
  let entropy = 0;
  for (const value of singular) if (value > 0) entropy -= (value / total) * Math.log(value / total);
  return entropy;
}

/** Shannon entropy in nats of the eigenvalues as shares of their sum. The caller excludes the zero matrix. */
export function eigenEntropy(eigenvalues: Float64Array): number {
  const total = sum(eigenvalues);
  let entropy = 0;
  for (const value of eigenvalues) if (value > 0) entropy -= (value / total) * Math.log(value / total);
  return entropy;
}

/** Fewest leading eigenvalues that hold this share of their sum; 0 for a zero matrix. */
export function leadingRank(ascending: Float64Array, share: number): number {
  const wanted = share * sum(ascending);
  let held = 0;
  let rank = 0;
  // Rounding may leave the total itself a little short of the share.
  while (held < wanted * (1 - 1e-12) && rank < ascending.length) held += ascending.at(-1 - rank++) as number;
  return rank;
}
