import { ok } from '../base/measured.ts';
import type { PairDiagnostic } from './diagnostic.ts';

/** Mean entry of the change. */
export const meanChange: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'mean_change',
    title: 'Mean change',
    description: 'Whether the entries drifted in one direction. Near zero in ordinary training.',
    formula: 'Σ(w − w₀)/n',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows § 4.2.3',
    thresholds: [],
  },
  measure: ({ moments: { n, sumDelta } }) => ok(sumDelta / n, { n }),
};
