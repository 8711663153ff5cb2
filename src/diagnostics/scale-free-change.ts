import { ok, skipped } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Relative change that is left when both matrices have the same norm. */
export const scaleFreeChange: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'scale_free_change',
    title: 'Scale-free change m*',
    description:
      'How far the weights turned, whatever their size: 0 for a matrix that was only scaled, 1.41 for an unrelated one.',
    formula: 'm* = √(2 − 2c), c the cosine of vec W and vec W₀; m² = 1 + ρ² − 2ρc',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 1.4, 8.9',
    thresholds: [],
  },
  measure: ({ moments }) => {
    const { n, squaresReference, squaresSubject, squaresDelta } = moments;
    const [norm, reference] = [Math.sqrt(squaresSubject), Math.sqrt(squaresReference)];
    if (!(norm > 0 && reference > 0)) return skipped('zero-matrix', 'Every entry of one matrix is zero.');
    // 2 − 2c with the difference of norms taken out of ‖Δ‖², so that nothing cancels near c = 1.
    return ok(Math.sqrt(Math.max(0, (squaresDelta - (norm - reference) ** 2) / (norm * reference))), { n });
  },
};
