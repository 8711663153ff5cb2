import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { gram } from './gram.ts';

/** Short sides up to this size are decomposed directly where the Gram matrix would lose small eigenvalues. */
const directSide = 1024;
/** A Gram eigenvalue below λ_max · n · ε · this may have lost all but some six digits. */
const safety = 1e6;

/**
 * Eigenvalues of WᵀW on the short side, ascending and clamped at 0, from row-major `weights`.
 *
 * Forming the Gram matrix squares the condition number: an eigenvalue carries an absolute error of about λ_max · 2⁻⁵².
 * Where the smallest one comes near that, singular values of W are computed instead and squared; with a short side over
 * 1024 that would take minutes, and values below λ_max · n · 2⁻⁵² are rounding there.
 *
 * Throws a RangeError where the squares of the weights leave float64.
 */
export function gramEigenvalues(weights: Float64Array, rows: number, cols: number): Float64Array {
  const short = Math.min(rows, cols);
  if (weights.length === 0) return new Float64Array(short);
  const product = gram(weights, rows, cols);
  // Finite squares on the diagonal bound every other entry.
  for (let index = 0; index < short; index++)
    if (!Number.isFinite(product[index * (short + 1)])) throw new RangeError('The squares of the weights overflow.');
  const eigenvalues = symmetricEigenvalues(product, short);
  return lost(eigenvalues) ? singularSquares(weights, rows, cols) : eigenvalues.map((value) => Math.max(0, value));
}

function symmetricEigenvalues(product: Float64Array, side: number): Float64Array {
  const matrix = Matrix.from1DArray(side, side, product);
  return Float64Array.from(new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues).sort();
}

function lost(ascending: Float64Array): boolean {
  const [smallest = 0, largest = 0] = [ascending[0], ascending.at(-1)];
  const short = ascending.length;
  return largest > 0 && short <= directSide && smallest < largest * short * Number.EPSILON * safety;
}

function singularSquares(weights: Float64Array, rows: number, cols: number): Float64Array {
  const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(rows, cols, weights), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  return Float64Array.from(diagonal, (value) => value * value).sort();
}
