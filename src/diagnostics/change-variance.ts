import { ok } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Variance of the entries of the change. */
export const changeVariance: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'change_variance',
    title: 'Change variance',
    description:
      'How unequally the change is spread over the entries; over depth it shows where training was concentrated. Between consecutive checkpoints it is the change variance of the paper.',
    formula: 'Var(w − w₀) = Σδ²/n − (Σδ/n)²',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows § 4.2.3, Figure 3',
    thresholds: [{ name: 'amplified', value: '1.3 times the reference run', provenance: 'paper, Figure 3' }],
  },
  measure: ({ moments: { n, sumDelta, squaresDelta } }) =>
    ok(Math.max(0, squaresDelta / n - (sumDelta / n) ** 2), { n }),
};
