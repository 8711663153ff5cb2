import { median } from 'simple-statistics';
import type { ModelDiagnostic } from './diagnostic.ts';
import { overMatrices } from './over-matrices.ts';

/** Median relative change. */
export const medianRelativeChange: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'median_relative_change',
    title: 'Median relative change',
    description: 'How far a typical weight matrix moved. Public instruct tunes lie between 0.01 and 0.12.',
    formula: 'median of m over matrices',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 1.5, 3.3',
    thresholds: [{ name: 'regime_conservative', value: '0.05', provenance: 'ours' }],
  },
  measure: (matrices) => overMatrices(matrices, 'relative_change', median),
};
