import { ok, skipped } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Size of the change against the size of the reference. */
export const relativeChange: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'relative_change',
    title: 'Relative change m',
    description:
      'How far the weights moved, as a share of their own size. 0.2 is typical of conservative fine-tuning in the paper, 1.4 of unrelated weights. It and the weight correlation are one measurement, not two.',
    formula: 'm = ‖W − W₀‖/‖W₀‖ (Frobenius)',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows § 4.2.3, Figures 9–11 (there in %)',
    thresholds: [
      { name: 'regime_conservative', value: '0.05', provenance: 'ours; the paper gives no number for its "minimal"' },
      {
        name: 'regime_moderate',
        value: '0.5',
        provenance: 'ours: geometric midpoint of the 20 % and 140 % of the paper',
      },
      { name: 'regime_deep', value: '1.0', provenance: 'ours: correlation one half at equal norms' },
      { name: 'storage_noise', value: '0.005', provenance: 'ours: rounding to bfloat16 alone gives 0.0017' },
    ],
  },
  measure: ({ moments }) =>
    moments.squaresReference > 0
      ? ok(Math.sqrt(moments.squaresDelta / moments.squaresReference), { n: moments.n })
      : skipped('zero-reference', 'Every entry of the reference matrix is zero.'),
};
