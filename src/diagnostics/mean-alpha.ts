import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Mean exponent. */
export const meanAlpha: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'mean_alpha',
    title: 'Mean α',
    description:
      'Mean exponent over the fitted matrices. Unlike the summary of WeightWatcher, failed fits (α = −1 there) are not averaged in.',
    formula: 'Σ α/#{matrices with a fitted α}',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (get_summary)',
    thresholds: [],
  },
  measure: (matrices) => overMatrices(matrices, 'alpha'),
};
