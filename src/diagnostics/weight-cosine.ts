import { ok, skipped } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Cosine of the entries. */
export const weightCosine: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'weight_cosine',
    title: 'Weight cosine c',
    description:
      'The correlation without subtracting means; with the norm ratio ρ it gives the relative change exactly, so the three are two measurements, not three.',
    formula: 'c = ⟨W, W₀⟩/(‖W‖·‖W₀‖); m² = 1 + ρ² − 2ρc',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 1.2, 1.4',
    thresholds: [],
  },
  measure: ({ moments: { n, squaresReference, squaresSubject, product } }) => {
    const norms = Math.sqrt(squaresReference) * Math.sqrt(squaresSubject);
    if (!(norms > 0)) return skipped('zero-matrix', 'Every entry of one matrix is zero.');
    return ok(Math.max(-1, Math.min(1, product / norms)), { n });
  },
};
