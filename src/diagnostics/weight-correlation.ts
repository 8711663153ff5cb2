import { type Measured, ok, skipped } from '../base/measured.ts';
import type { PairMoments } from '../spectrum/engine.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** Pearson correlation of the entries. */
export const weightCorrelation: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'weight_correlation',
    title: 'Weight correlation r',
    description:
      'Whether the weights still resemble the reference entry by entry: 0.97 to 1 after light fine-tuning, near 0 for unrelated weights and for the same function in other coordinates.',
    formula: 'r = cov(w, w₀)/√(var w · var w₀)',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows, Figures 9–11',
    thresholds: [{ name: 'deep_correlation', value: '0.5', provenance: 'ours' }],
  },
  measure: ({ moments }) => pearson(moments),
};

/** Pearson's r from sums; clipped to [−1, 1], which rounding may leave by some 10⁻¹⁶. */
export function pearson(moments: PairMoments): Measured {
  const { n, sumReference, sumSubject, squaresReference, squaresSubject, product } = moments;
  const varianceReference = squaresReference - (sumReference * sumReference) / n;
  const varianceSubject = squaresSubject - (sumSubject * sumSubject) / n;
  if (!(varianceReference > 0 && varianceSubject > 0))
    return skipped('constant-matrix', 'All entries of one matrix are equal, so there is no correlation.');
  const covariance = product - (sumReference * sumSubject) / n;
  return ok(Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceReference * varianceSubject))), { n });
}
