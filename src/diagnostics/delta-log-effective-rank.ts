import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { effectiveRank } from './effective-rank.ts';

/** Change of the logarithm of the effective rank. */
export const deltaLogEffectiveRank: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_log_effective_rank',
    title: 'Relative change of effective rank',
    description:
      'The same in relative terms, so that matrices of different sizes compare: +0.01 is one per cent more directions.',
    formula: 'Δ = ln erank(W) − ln erank(W₀)',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [],
  },
  measure: (input) => changeOf(effectiveRank, input, Math.log),
};
