import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** How far the tail is from the fitted power law. */
export const ksDistance: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'D',
    title: 'Distance D of the fit',
    description:
      'Largest gap between the tail and the fitted power law. Above 0.1 the exponent describes the spectrum badly.',
    formula: 'D = max_k |1 − (λ_k/xmin)^(1−α) − k/m|, k = 0 … m−1',
    unit: '',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7: one-sided, unlike the two-sided Kolmogorov–Smirnov distance',
    thresholds: [{ name: 'poor_fit', value: 'D > 0.1', provenance: 'ours, METHOD § 8.4' }],
  },
  measure: (input) => ofFit(input, (fit) => fit.D),
};
