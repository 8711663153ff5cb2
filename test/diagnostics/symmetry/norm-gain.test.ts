import { expect, test } from 'vitest';
import { effectiveGains, gainName } from '../../../src/diagnostics/symmetry/norm-gain.ts';

test.each([
  ['model.layers.3.self_attn.q_proj.weight', 'q', 'model.layers.3.input_layernorm.weight'],
  ['model.layers.3.mlp.up_proj.weight', 'up', 'model.layers.3.post_attention_layernorm.weight'],
  ['model.layers.3.self_attn.o_proj.weight', 'o', undefined],
  ['model.layers.3.mlp.down_proj.weight', 'down', undefined],
] as const)('the norm before %s', (name, role, expected) => {
  const tensors = new Set(['model.layers.3.input_layernorm.weight', 'model.layers.3.post_attention_layernorm.weight']);
  expect(gainName({ name, role }, tensors)).toBe(expected);
  expect(gainName({ name, role }, new Set())).toBeUndefined();
});

test('Gemma 2 has a norm of its own before the MLP, whose gains are stored less one', () => {
  const tensors = new Set([
    'model.layers.0.post_attention_layernorm.weight',
    'model.layers.0.pre_feedforward_layernorm.weight',
  ]);
  expect(gainName({ name: 'model.layers.0.mlp.gate_proj.weight', role: 'gate' }, tensors)).toBe(
    'model.layers.0.pre_feedforward_layernorm.weight',
  );
  expect([...effectiveGains(Float64Array.of(0, 0.5), { model_type: 'gemma2' })]).toEqual([1, 1.5]);
  expect([...effectiveGains(Float64Array.of(1, 1.5), { model_type: 'llama' })]).toEqual([1, 1.5]);
});
