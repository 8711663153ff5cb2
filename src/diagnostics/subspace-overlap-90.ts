import type { PairDiagnostic } from './diagnostic.ts';
import { onRequest } from './on-request.ts';
import { overlapWithNull } from './overlap-with-null.ts';

/** Overlap of the leading directions that hold 90 % of the energy. */
export const subspaceOverlap90: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'subspace_overlap_90',
    title: 'Subspace overlap, 90 % of energy',
    description:
      'The same for as many leading directions as hold 90 % of the energy of the reference. With many directions the null k/M in the note is high, and only the excess over it means anything.',
    formula: '‖U₀ₖᵀUₖ‖²/k on the short side, k = energy_90 of W₀; null k/M',
    unit: '',
    direction: 'higher',
    source: 'METHOD § 1.5 (subspace_overlap)',
    thresholds: [],
  },
  measure: (input) => onRequest(input, ({ overlap }) => overlapWithNull(overlap.at90, input.reference)),
};
