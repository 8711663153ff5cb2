import type { ModelDiagnostic } from './diagnostic.ts';
import { sideContrast } from './side-contrast.ts';

/** Where the tails changed more: value or up projections. */
export const vUpAsymmetry: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'v_up_asymmetry',
    title: 'v–up asymmetry',
    description:
      'The attention–MLP contrast between the two projections in which the paper sees the largest and the smallest differences.',
    formula: 'ln(median |z| over v ÷ median |z| over up)',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 1.2 (v_proj ÷ up_proj); Benchmark Shadows, Figures 6 and 7',
    thresholds: [],
  },
  measure: (matrices) => sideContrast(matrices, 'delta_alpha_z', ['v'], ['up']),
};
