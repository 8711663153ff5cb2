import { at, type Square, square } from './estimates.ts';

/**
 * Lower triangle L with L Lᵀ = a covariance that may be singular (Cholesky; a direction without variance gives a column of
 * zeros, as for two models with equal answers).
 */
export function factor(covariance: Square): number[][] {
  const size = covariance.length;
  const tolerance = 1e-12 * Math.max(...covariance.map((_, index) => at(covariance, index, index)), 0);
  const lower = square(size, () => 0);
  for (let column = 0; column < size; column++) {
    const pivot = at(covariance, column, column) - inner(lower, column, column, column);
    if (pivot <= tolerance) continue;
    const root = Math.sqrt(pivot);
    for (let row = column; row < size; row++)
      (lower[row] as number[])[column] = (at(covariance, row, column) - inner(lower, row, column, column)) / root;
  }
  return lower;
}

/** x with L Lᵀ x = right, for a factor of full rank. */
export function solve(lower: Square, right: readonly number[]): number[] {
  const size = right.length;
  const half: number[] = [];
  for (let row = 0; row < size; row++) {
    let rest = right[row] ?? 0;
    for (let column = 0; column < row; column++) rest -= at(lower, row, column) * (half[column] ?? 0);
    half.push(rest / at(lower, row, row));
  }
  const out = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = half[row] ?? 0;
    for (let below = row + 1; below < size; below++) rest -= at(lower, below, row) * (out[below] ?? 0);
    out[row] = rest / at(lower, row, row);
  }
  return out;
}

function inner(lower: Square, first: number, second: number, upTo: number): number {
  let sum = 0;
  for (let index = 0; index < upTo; index++) sum += at(lower, first, index) * at(lower, second, index);
  return sum;
}
