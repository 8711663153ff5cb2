import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { effectiveRankEigen } from './effective-rank-eigen.ts';

/** Change of the effective rank of the eigenvalues. */
export const deltaEffectiveRankEigen: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_effective_rank_eigen',
    title: 'Change of effective rank, eigenvalues',
    description:
      'Change of the eigenvalue variant, which sees low-rank edits: a rank-4 update of 0.2 of the norm moves it by 6 %, the default by 1 %.',
    formula: 'erank_λ(W) − erank_λ(W₀)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.2 (both variants are printed)',
    thresholds: [],
  },
  measure: (input) => changeOf(effectiveRankEigen, input),
};
