import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero } from './spectrum-sums.ts';

/** Smallest eigenvalue over the long side. */
export const lambdaMinSmallestOverN: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'lambda_min_smallest_over_n',
    title: 'Smallest eigenvalue over N',
    description:
      'The smallest eigenvalue in the units of a covariance matrix, where Marchenko–Pastur theory places it at σ²(1 − √(M/N))² for independent entries of variance σ².',
    formula: 'min λ_i/N, N the long side',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (lambda_min.smallest_over_N)',
    thresholds: [],
  },
  measure: ({ eigenvalues, rows, cols }) =>
    nonZero(eigenvalues, () => ok((eigenvalues[0] ?? 0) / Math.max(rows, cols), { n: eigenvalues.length })),
};
