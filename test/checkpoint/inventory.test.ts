import { expect, test } from 'vitest';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { takeInventory } from '../../src/checkpoint/inventory.ts';

const tensor = (name: string, shape: readonly number[], dtype = 'BF16', sha256 = name): TensorLocation => ({
  name,
  dtype,
  shape,
  file: 'm.safetensors',
  begin: 0,
  end: shape.reduce((product, size) => product * size, 2),
  sha256,
});

test('every tensor is a matrix or has a reason, with a count and examples', () => {
  const inventory = takeInventory([
    tensor('model.layers.0.mlp.up_proj.weight', [64, 16]),
    tensor('model.layers.0.mlp.down_proj.weight', [16, 64]),
    ...[0, 1, 2, 3].map((depth) => tensor(`model.layers.${depth}.input_layernorm.weight`, [16])),
    tensor('visual.patch_embed.proj.weight', [16, 3, 2, 14, 14]),
    tensor('model.layers.0.mlp.experts.gate_up_proj', [8, 16, 64]),
    tensor('model.layers.0.self_attn.q_proj.qweight', [16, 16], 'I32'),
    tensor('model.layers.0.self_attn.k_proj.weight', [16, 16], 'F8_E4M3'),
    tensor('model.layers.0.self_attn.k_proj.weight_scale_inv', [1, 1], 'F32'),
    tensor('model.layers.0.self_attn.v_proj.weight', [16, 16], 'F5_NEW'),
    tensor('model.layers.0.empty.weight', [0, 16]),
  ]);
  expect(inventory.matrices.map(({ name }) => name)).toEqual([
    'model.layers.0.mlp.down_proj.weight',
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((expert) => `model.layers.0.mlp.experts.gate_up_proj#${expert}`),
    'model.layers.0.mlp.up_proj.weight',
    'model.layers.0.self_attn.k_proj.weight',
  ]);
  expect(inventory.notes).toMatchObject([{ reason: expect.stringContaining('does not tell the width'), count: 1 }]);
  expect(inventory.leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(9);
  expect(inventory.leftOut).toContainEqual({
    reason: 'Not a matrix: a vector or a scalar (norms, biases).',
    count: 4,
    examples: [0, 1, 2].map((depth) => `model.layers.${depth}.input_layernorm.weight`),
  });
  const reasons = inventory.leftOut.map(({ reason }) => reason).join('\n');
  for (const word of ['5 dimensions', 'Quantised with AWQ', 'Scales of', 'F5_NEW is not known', 'sizes is 0'])
    expect(reasons).toContain(word);
  expect(inventory.dtypes).toEqual({ BF16: 9, I32: 1, F8_E4M3: 1, F32: 1, F5_NEW: 1 });
});

test('layers are ordered by number, not by digits', () => {
  const { matrices } = takeInventory([10, 9, 1].map((depth) => tensor(`layers.${depth}.wq.weight`, [8, 8])));
  expect(matrices.map(({ depth }) => depth)).toEqual([1, 9, 10]);
});

test('a head tied to the embedding is noted where it is not stored, and counted once where it is', () => {
  const embedding = tensor('model.embed_tokens.weight', [32, 16], 'BF16', 'same');
  const note = {
    reason: 'Tied to the input embedding and stored once, under its name.',
    count: 1,
    examples: ['lm_head.weight'],
  };
  expect(takeInventory([embedding], { tie_word_embeddings: true }).leftOut).toEqual([note]);
  expect(takeInventory([embedding], { text_config: { tie_word_embeddings: true } }).leftOut).toEqual([note]);
  const stored = takeInventory([embedding, tensor('lm_head.weight', [32, 16], 'BF16', 'same')]);
  expect(stored.matrices.map(({ role }) => role)).toEqual(['embedding']);
  expect(stored.leftOut).toMatchObject([{ reason: expect.stringContaining('tied weights count once') }]);
});
