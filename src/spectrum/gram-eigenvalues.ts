import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { overflowed } from './refusals.ts';

/** A Gram eigenvalue below this share of λ_max may have lost all but six digits: it is off by about ε·λ_max. */
const floor = 1e-9;

/**
 * Eigenvalues of WᵀW on the short side, ascending and clamped at 0, from row-major `weights`. Throws
 * `weights-too-large`, naming the tensor, where their squares are beyond float64.
 *
 * Forming the Gram matrix squares the condition number: an eigenvalue below about λ_max·2⁻⁵² is noise. Where the smallest one
 * comes near that, singular values of W are computed instead and squared.
 */
export function gramEigenvalues(weights: Float64Array, rows: number, cols: number, name = 'matrix'): Float64Array {
  const short = Math.min(rows, cols);
  if (short === 0) return new Float64Array(0);
  const wide = rows <= cols ? weights : transposed(weights, rows, cols);
  const long = Math.max(rows, cols);
  const product = gram(wide, short, long);
  if (!product.diagonal().every(Number.isFinite)) throw overflowed(name);
  const eigenvalues = Float64Array.from(
    new EigenvalueDecomposition(product, { assumeSymmetric: true }).realEigenvalues,
  ).sort();
  const largest = eigenvalues[short - 1] ?? 0;
  const smallest = eigenvalues[0] ?? 0;
  if (largest > 0 && smallest < largest * floor) return singularSquares(wide, short, long);
  return eigenvalues.map((value) => Math.max(0, value));
}

/** Gram matrix of the short side of row-major `weights`. */
export function shortGram(weights: Float64Array, rows: number, cols: number): Matrix {
  return rows <= cols ? gram(weights, rows, cols) : gram(transposed(weights, rows, cols), cols, rows);
}

function gram(wide: Float64Array, short: number, long: number): Matrix {
  const product = new Matrix(short, short);
  for (let i = 0; i < short; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0, a = i * long, b = j * long; k < long; k++, a++, b++)
        sum += (wide[a] as number) * (wide[b] as number);
      product.set(i, j, sum);
      product.set(j, i, sum);
    }
  }
  return product;
}

function singularSquares(wide: Float64Array, short: number, long: number): Float64Array {
  const tall = new Matrix(long, short);
  for (let i = 0; i < short; i++) for (let k = 0; k < long; k++) tall.set(k, i, wide[i * long + k] as number);
  const { diagonal } = new SingularValueDecomposition(tall, {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
  });
  return Float64Array.from(diagonal, (value) => value * value).sort();
}

function transposed(weights: Float64Array, rows: number, cols: number): Float64Array {
  const turned = new Float64Array(weights.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = weights[i * cols + j] as number;
  return turned;
}
