import { ok, skipped } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Norm of the subject over that of the reference. */
export const normRatio: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'norm_ratio',
    title: 'Norm ratio ρ',
    description:
      'Whether the matrix only grew or shrank. Scaling by 1.2 alone gives a relative change of 0.2 with nothing restructured.',
    formula: 'ρ = ‖W‖/‖W₀‖',
    unit: '',
    direction: 'none',
    source: 'METHOD § 8.9',
    thresholds: [],
  },
  measure: ({ moments }) =>
    moments.squaresReference > 0
      ? ok(Math.sqrt(moments.squaresSubject / moments.squaresReference), { n: moments.n })
      : skipped('zero-reference', 'Every entry of the reference matrix is zero.'),
};
