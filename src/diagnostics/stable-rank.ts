import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero, sum } from './spectrum-sums.ts';

/** Squared Frobenius norm over squared spectral norm. */
export const stableRank: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'stable_rank',
    title: 'Stable rank',
    description:
      'How many directions of the size of the largest one would make up the whole matrix. Insensitive to small eigenvalues.',
    formula: 'Σ λ_i/λ_max',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (stable_rank)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, (largest) => ok(sum(eigenvalues) / largest, { n: eigenvalues.length })),
};
