import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { effectiveRankEigen } from './effective-rank-eigen.ts';

/** Change of the logarithm of the eigenvalue effective rank. */
export const deltaLogEffectiveRankEigen: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_log_effective_rank_eigen',
    title: 'Relative change of effective rank, eigenvalues',
    description: 'The same in relative terms: −0.06 is six per cent fewer directions.',
    formula: 'ln erank_λ(W) − ln erank_λ(W₀)',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 3.2',
    thresholds: [],
  },
  measure: (input) => changeOf(effectiveRankEigen, input, Math.log),
};
