import { median } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { ModelDiagnostic } from './diagnostic.ts';
import { type Matrices, valuesOf } from './over-matrices.ts';

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
  measure: (matrices) => {
    const attention = typicalShift(matrices, ['q', 'k', 'v', 'o', 'qkv']);
    const mlp = typicalShift(matrices, ['gate', 'up', 'down', 'gate_up']);
    if (!attention || !mlp) return skipped('no-shift', 'α did not change in attention or MLP matrices, or has no fit.');
    return ok(Math.log(attention / mlp));
  },
};

function typicalShift(matrices: Matrices, roles: readonly string[]): number | undefined {
  const shifts = valuesOf(
    matrices.filter(({ role }) => roles.includes(role)),
    'delta_alpha_z',
  );
  return shifts.length === 0 ? undefined : median(shifts.map(Math.abs));
}
