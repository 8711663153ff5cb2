import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { eigenEntropy, nonZero } from './spectrum-sums.ts';

/** Effective rank over eigenvalues instead of singular values. */
export const effectiveRankEigen: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'effective_rank_eigen',
    title: 'Effective rank, eigenvalues',
    description:
      'The effective rank with energies in place of singular values. Large directions weigh more, so it sees low-rank edits that the default hardly sees.',
    formula: 'exp(−Σ p_i ln p_i), p_i = λ_i/Σ λ',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 1.2, 3.2 (effective_rank.eigen)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, () => ok(Math.exp(eigenEntropy(eigenvalues)), { n: eigenvalues.length })),
};
