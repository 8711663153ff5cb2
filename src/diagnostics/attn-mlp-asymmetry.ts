import type { ModelDiagnostic } from './diagnostic.ts';
import { attentionRoles, mlpRoles } from './module-sides.ts';
import { sideContrast } from './side-contrast.ts';

/** Where the tails changed more: attention or MLP. */
export const attnMlpAsymmetry: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'attn_mlp_asymmetry',
    title: 'Attention–MLP asymmetry',
    description:
      'Positive where the exponents of attention projections changed more, in units of their error, than those of MLP layers; the paper sees its conditions differ mostly in attention.',
    formula: 'ln(median |z| over q, k, v, o ÷ median |z| over gate, up, down)',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 1.2; Benchmark Shadows § 4.2.2',
    thresholds: [],
  },
  measure: (matrices) => sideContrast(matrices, 'delta_alpha_z', attentionRoles, mlpRoles),
};
