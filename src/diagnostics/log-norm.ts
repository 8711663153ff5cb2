import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero, sum } from './spectrum-sums.ts';

/** Logarithm of the squared Frobenius norm. */
export const logNorm: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'log_norm',
    title: 'Log norm',
    description: 'Size of the matrix on a logarithmic scale. WeightWatcher calls the squared Frobenius norm "norm".',
    formula: 'log10 Σ λ_i',
    unit: 'log10',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (log_norm)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) => nonZero(eigenvalues, () => ok(Math.log10(sum(eigenvalues)), { n: eigenvalues.length })),
};
