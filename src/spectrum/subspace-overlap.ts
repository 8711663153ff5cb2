import { EigenvalueDecomposition, type Matrix } from 'ml-matrix';
import { shortGram } from './gram-eigenvalues.ts';

/**
 * Mean squared cosine of the principal angles between the spaces of the k leading singular vectors (short side) of two
 * row-major matrices, for each k: ‖U₀ₖᵀUₖ‖²/k. The same matrix gives 1; k beyond the short side counts as all of it.
 */
export function subspaceOverlap(
  reference: Float64Array,
  subject: Float64Array,
  rows: number,
  cols: number,
  ranks: readonly number[],
): readonly number[] {
  const short = Math.min(rows, cols);
  const [before, after] = [leading(reference, rows, cols), leading(subject, rows, cols)];
  const cosines = before.transpose().mmul(after);
  return ranks.map((rank) => {
    const k = Math.min(rank, short);
    let squares = 0;
    for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) squares += cosines.get(i, j) ** 2;
    return squares / k;
  });
}

/** Eigenvectors of the short Gram matrix as columns, largest eigenvalue first. */
function leading(weights: Float64Array, rows: number, cols: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(shortGram(weights, rows, cols), {
    assumeSymmetric: true,
  });
  const order = realEigenvalues.map((_, index) => index);
  order.sort((a, b) => (realEigenvalues[b] as number) - (realEigenvalues[a] as number));
  return eigenvectorMatrix.subMatrixColumn(order);
}
