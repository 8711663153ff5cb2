import { median } from 'simple-statistics';
import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Median change of the exponent. */
export const medianDeltaAlpha: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'median_delta_alpha',
    title: 'Median change of α',
    description:
      'Which way the tails moved as a whole: negative is heavier. A drift common to all matrices shows here even where no single one moved beyond the error of its fit.',
    formula: 'median of Δα over matrices',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [],
  },
  measure: (matrices) => overMatrices(matrices, 'delta_alpha', median),
};
