import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Mean correlation. */
export const meanWeightCorrelation: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'mean_weight_correlation',
    title: 'Mean weight correlation',
    description: 'How much a typical weight matrix still resembles the base.',
    formula: 'mean of r over matrices',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.3',
    thresholds: [],
  },
  measure: (matrices) => overMatrices(matrices, 'weight_correlation'),
};
