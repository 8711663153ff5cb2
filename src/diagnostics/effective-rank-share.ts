import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero, singularEntropy } from './spectrum-sums.ts';

/** Effective rank as a share of the short side. */
export const effectiveRankShare: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'effective_rank_share',
    title: 'Effective rank as a share',
    description:
      'The effective rank over the largest it could be, so that matrices of different sizes compare: 1 for equal singular values.',
    formula: 'exp(−Σ p_i ln p_i)/M, p_i = s_i/Σ s, M the short side',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2; Roy & Vetterli 2007',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, () =>
      ok(Math.exp(singularEntropy(eigenvalues)) / eigenvalues.length, { n: eigenvalues.length }),
    ),
};
