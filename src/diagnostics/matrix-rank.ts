import { type Measured, ok } from '../base/measured.ts';
import type { MatrixDiagnostic, MatrixInput } from './diagnostic.ts';

/** Rank as numpy counts it. */
export const matrixRank: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'matrix_rank',
    title: 'Matrix rank',
    description:
      'How many singular values are larger than rounding. Below the short side, rows or columns are exact combinations of others, or the matrix is a low-rank product.',
    formula: '#{s_i > s_max · N · 2⁻⁵²}, N the long side',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (matrix_rank); numpy.linalg.matrix_rank',
    thresholds: [
      { name: 'tolerance', value: 's_max · N · 2.22e-16', provenance: 'WeightWatcher, as numpy for float64 weights' },
    ],
  },
  measure: ({ rows, cols, eigenvalues }: MatrixInput): Measured =>
    ok(rankOf(eigenvalues, Math.max(rows, cols)), { n: eigenvalues.length }),
};

/** Singular values √λ above s_max · longSide · ε; 0 for a zero matrix. `eigenvalues` in any order. */
export function rankOf(eigenvalues: Float64Array, longSide: number): number {
  const singular = eigenvalues.map((value) => Math.sqrt(value));
  const limit = singular.reduce((largest, value) => Math.max(largest, value), 0) * longSide * Number.EPSILON;
  return singular.reduce((count, value) => count + (value > limit ? 1 : 0), 0);
}
