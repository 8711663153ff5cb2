import type { ModelDiagnostic } from './diagnostic.ts';
import { attentionRoles, mlpRoles } from './module-sides.ts';
import { sideContrast } from './side-contrast.ts';

/** Where the effective rank changed more: attention or MLP. */
export const attnMlpRankAsymmetry: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'attn_mlp_rank_asymmetry',
    title: 'Attention–MLP asymmetry of effective rank',
    description:
      'The same contrast with the change of the effective rank in place of the exponent, which needs no power-law fit.',
    formula: 'ln(median |Δ ln erank| over q, k, v, o ÷ the same over gate, up, down)',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 1.2 (attn_mlp_asymmetry with Δln erank)',
    thresholds: [],
  },
  measure: (matrices) => sideContrast(matrices, 'delta_log_effective_rank', attentionRoles, mlpRoles),
};
