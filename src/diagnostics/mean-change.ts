import { ok } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Mean entry of the change. */
export const meanChange: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
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
