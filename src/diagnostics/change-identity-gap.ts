import { ok, skipped } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** How far the sums contradict each other. */
export const changeIdentityGap: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'change_identity_gap',
    title: 'Gap of the change identity',
    description:
      'Relative change, norm ratio and cosine come from separate sums over the entries and must satisfy one equation. Anything beyond rounding means that the numbers cannot be trusted.',
    formula: '|m² − (1 + ρ² − 2ρc)|/(1 + ρ²)',
    unit: '',
    direction: 'lower',
    source: 'METHOD § 1.4, item 2',
    thresholds: [
      { name: 'tolerance', value: '1e-6', provenance: 'ours: beyond it the matrix is refused as moments-inconsistent' },
    ],
  },
  measure: ({ moments: { n, squaresReference, squaresSubject, squaresDelta, product } }) => {
    const squares = squaresReference + squaresSubject;
    if (!(squares > 0)) return skipped('zero-matrix', 'Every entry of both matrices is zero.');
    return ok(Math.abs(squaresDelta - (squares - 2 * product)) / squares, { n });
  },
};
