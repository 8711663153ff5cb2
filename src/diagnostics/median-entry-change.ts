import { ok, skipped } from '../base/measured.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { onRequest } from './on-request.ts';

/** How far the typical entry moved. */
export const medianEntryChange: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'median_entry_change',
    title: 'Median change of an entry',
    description:
      'How far the typical single weight moved relative to its own size. Independent of a few large entries, which dominate the Frobenius norm; small weights make it larger than the relative change.',
    formula: 'median |w − w₀|/|w₀| over entries',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (relative_change, elementwise median)',
    thresholds: [],
  },
  measure: (input) =>
    onRequest(input, ({ medianChange }) =>
      Number.isFinite(medianChange)
        ? ok(medianChange, { n: input.moments.n })
        : skipped(
            'zero-reference',
            'At least half of the entries are zero in the reference and not in the checkpoint.',
          ),
    ),
};
