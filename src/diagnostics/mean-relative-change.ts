import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Mean relative change. */
export const meanRelativeChange: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'mean_relative_change',
    title: 'Mean relative change',
    description:
      'Mean over the weight matrices, for comparison with public surveys of base and instruct pairs; a few rewritten layers raise it far above the median.',
    formula: 'mean of m over matrices',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.5',
    thresholds: [],
  },
  measure: (matrices) => overMatrices(matrices, 'relative_change'),
};
