import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { effectiveRank } from './effective-rank.ts';

/** Change of the effective rank. */
export const deltaEffectiveRank: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_effective_rank',
    title: 'Change of effective rank',
    description:
      'Whether information spread over more directions (positive) or fewer. Random noise of the same size moves it too: compare with the geometry score.',
    formula: 'erank(W) − erank(W₀)',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows § 5.2, Figures 16–26',
    thresholds: [],
  },
  measure: (input) => changeOf(effectiveRank, input),
};
