import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { rankOf } from './matrix-rank.ts';

/** Directions that the matrix does not use at all. */
export const rankLoss: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'rank_loss',
    title: 'Rank loss',
    description:
      'How many directions of the short side the matrix maps to nothing but rounding; 0 for nearly every trained matrix.',
    formula: 'M − matrix_rank',
    unit: '',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7 (rank_loss)',
    thresholds: [{ name: 'tolerance', value: 's_max · N · 2.22e-16', provenance: 'WeightWatcher' }],
  },
  measure: ({ rows, cols, eigenvalues }) =>
    ok(eigenvalues.length - rankOf(eigenvalues, Math.max(rows, cols)), { n: eigenvalues.length }),
};
