import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Mean geometry score. */
export const meanGeometryScore: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'mean_geometry_score',
    title: 'Mean geometry score',
    description:
      'How much the effective rank moved beyond what noise of the same size does, over all matrices. The verdict weighs attention and MLP one half each and may differ.',
    formula: 'mean of G_l over matrices',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.3',
    thresholds: [{ name: 'G_inert', value: '0.20', provenance: 'ours' }],
  },
  measure: (matrices) => overMatrices(matrices, 'geometry_score'),
};
