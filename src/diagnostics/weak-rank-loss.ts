import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** WeightWatcher's tolerance on eigenvalues; absolute, so it is not scale-free. */
export const weakEigenvalue = 1e-6;

/** Directions that hardly count. */
export const weakRankLoss: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'weak_rank_loss',
    title: 'Weak rank loss',
    description:
      'How many eigenvalues lie below a fixed small number. The limit is absolute: a matrix of small weights has many without losing any rank.',
    formula: '#{λ_i < 1e-6}',
    unit: '',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7 (weak_rank_loss)',
    thresholds: [{ name: 'tolerance', value: 'λ < 1e-6', provenance: 'WeightWatcher, absolute' }],
  },
  measure: ({ eigenvalues }) =>
    ok(
      eigenvalues.reduce((count, value) => count + (value < weakEigenvalue ? 1 : 0), 0),
      { n: eigenvalues.length },
    ),
};
