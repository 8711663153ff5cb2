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
