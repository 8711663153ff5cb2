import { describe, expect, test } from 'vitest';
import type { SkiagramError } from '../../src/base/error.ts';
import { pairMatrices } from '../../src/diagnostics/pair-matrices.ts';
import { tiny, written } from './checkpoints.ts';

const ones = (rows: number, cols: number) => [rows, cols, new Float64Array(rows * cols).fill(1)] as const;

test('matrices pair by name and shape; what is on one side only, or differs in shape, is listed with the reason', async () => {
  const subject = await written({
    'model.embed_tokens.weight': ones(40, 8),
    'model.layers.0.mlp.up_proj.weight': ones(16, 8),
    'model.layers.1.mlp.up_proj.weight': ones(16, 8),
  });
  const reference = await written({
    'model.embed_tokens.weight': ones(32, 8),
    'model.layers.0.mlp.up_proj.weight': ones(16, 8),
    'model.layers.0.mlp.down_proj.weight': ones(8, 16),
  });
  const { pairs, unpaired } = pairMatrices(subject, reference);
  expect(pairs.map(({ matrix }) => matrix.name)).toEqual(['model.layers.0.mlp.up_proj.weight']);
  expect(unpaired).toEqual([
    { name: 'model.embed_tokens.weight', reason: 'Shape 40×8, in the base 32×8.' },
    { name: 'model.layers.1.mlp.up_proj.weight', reason: 'Only in the checkpoint, not in the base.' },
    { name: 'model.layers.0.mlp.down_proj.weight', reason: 'Only in the base, not in the checkpoint.' },
  ]);
});

test('the language model inside a vision–language model meets its text base', async () => {
  const subject = await written({
    'model.language_model.layers.0.mlp.up_proj.weight': ones(16, 8),
    'model.visual.blocks.0.attn.qkv.weight': ones(24, 8),
    'lm_head.weight': ones(32, 8),
  });
  const reference = await written({
    'model.layers.0.mlp.up_proj.weight': ones(16, 8),
    'model.lm_head.weight': ones(32, 8),
  });
  const { pairs, unpaired } = pairMatrices(subject, reference);
  expect(pairs.map(({ matrix, partner }) => [matrix.name, partner.name])).toEqual([
    ['lm_head.weight', 'model.lm_head.weight'],
    ['model.language_model.layers.0.mlp.up_proj.weight', 'model.layers.0.mlp.up_proj.weight'],
  ]);
  expect(unpaired.map(({ name }) => name)).toEqual(
    ['q', 'k', 'v'].map((part) => `model.visual.blocks.0.attn.qkv.weight#${part}`),
  );
});

describe('a base that is none', () => {
  test('is refused with both checkpoints and the first differences named', async () => {
    const base = await tiny('base');
    const other = await written({ 'model.layers.0.self_attn.q_proj.weight': ones(8, 8) });
    const error = (() => {
      try {
        return pairMatrices(other, base);
      } catch (thrown) {
        return thrown;
      }
    })() as SkiagramError;
    expect(error.code).toBe('base-mismatch');
    for (const part of [
      other.path,
      base.path,
      'LlamaForCausalLM, 58 matrices',
      'q_proj.weight: Shape 8×8, in the base 96×96.',
    ])
      expect(error.message).toContain(part);
  });

  test('is refused even where the embeddings happen to agree', async () => {
    const subject = await written({ 'wte.weight': ones(32, 8), 'h.0.mlp.c_fc.weight': ones(8, 16) });
    const reference = await written({ 'wte.weight': ones(32, 8), 'h.0.mlp.c_fc.weight': ones(8, 32) });
    expect(() => pairMatrices(subject, reference)).toThrow(expect.objectContaining({ code: 'base-mismatch' }));
  });
});
