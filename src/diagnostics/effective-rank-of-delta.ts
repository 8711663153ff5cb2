import { ok, skipped } from '../base/measured.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { onRequest } from './on-request.ts';
import { singularEntropy } from './spectrum-sums.ts';

/** Effective rank of the change itself. */
export const effectiveRankOfDelta: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'effective_rank_of_delta',
    title: 'Effective rank of the change',
    description:
      'Over how many directions the update is spread: a low-rank adapter gives at most its rank, unstructured noise nearly the short side. It cannot be negative, so it is not the change of effective rank of the paper.',
    formula: 'exp(−Σ p_i ln p_i), p_i = s_i/Σ s of W − W₀',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (delta_effective_rank.of_delta)',
    thresholds: [],
  },
  measure: (input) =>
    onRequest(input, ({ difference }) =>
      (difference.at(-1) ?? 0) > 0
        ? ok(Math.exp(singularEntropy(difference)), { n: difference.length })
        : skipped('no-change', 'The matrix did not change.'),
    ),
};
