import { ok } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Mean size of the change of an entry. */
export const meanAbsoluteChange: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'mean_absolute_change',
    title: 'Mean absolute change',
    description:
      'How far an entry moved on average, whatever the direction. Beside the mean change it shows whether a drift is common to all entries.',
    formula: 'Σ|w − w₀|/n',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (mean_change, mean abs)',
    thresholds: [],
  },
  measure: ({ moments: { n, absoluteDelta } }) => ok(absoluteDelta / n, { n }),
};
