import type { PairDiagnostic } from './diagnostic.ts';
import { onRequest } from './on-request.ts';
import { overlapWithNull } from './overlap-with-null.ts';

/** Overlap of the leading directions, sixteen of them. */
export const subspaceOverlap16: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'subspace_overlap_16',
    title: 'Subspace overlap, 16 directions',
    description:
      'Whether the sixteen leading directions were kept (1) or replaced. Says so even where the relative change is a per cent or two. Read it against its null in the note: unrelated directions overlap by k/M.',
    formula: '‖U₀ₖᵀUₖ‖²/k on the short side, k = 16; null k/M',
    unit: '',
    direction: 'higher',
    source: 'METHOD § 1.5 (subspace_overlap)',
    thresholds: [],
  },
  measure: (input) => onRequest(input, ({ overlap }) => overlapWithNull(overlap.at16, input.reference)),
};
