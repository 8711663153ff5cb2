import type { RandomStream } from '../base/random.ts';
import { tridiagonalEigenvalues } from './tridiagonal-eigenvalues.ts';

/**
 * Eigenvalues of WᵀW, ascending, of one rows × cols matrix of independent standard normal entries, without making the matrix:
 * Householder reflections turn it into a bidiagonal one of independent χ variables, whose spectrum has exactly the same
 * distribution (Silverstein 1985; Dumitriu & Edelman 2002, β = 1). Takes about short² operations instead of short²·long.
 */
export function gaussianSpectrum(rows: number, cols: number, random: RandomStream): Float64Array {
  const [short, long] = [Math.min(rows, cols), Math.max(rows, cols)];
  const squares = Float64Array.from({ length: short }, (_, i) => chiSquared(long - i, random));
  const above = Float64Array.from({ length: Math.max(0, short - 1) }, (_, i) => chiSquared(short - 1 - i, random));
  const diagonal = squares.map((value, i) => value + (i > 0 ? (above[i - 1] as number) : 0));
  const beside = above.map((value, i) => Math.sqrt(value * (squares[i] as number)));
  return tridiagonalEigenvalues(diagonal, beside).map((value) => Math.max(0, value));
}

/** χ² with k degrees of freedom: twice a gamma variable of shape k/2 (Marsaglia & Tsang 2000). */
function chiSquared(k: number, random: RandomStream): number {
  if (k === 1) return random.normal() ** 2;
  const d = k / 2 - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return 2 * d * v;
  }
}
