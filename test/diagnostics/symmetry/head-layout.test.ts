import { expect, test } from 'vitest';
import { fixedQueryCoordinates, headLayout } from '../../../src/diagnostics/symmetry/head-layout.ts';

test.each([
  // Llama-3.1-8B, Qwen3-4B, GPT-2, a vision-language model's text part.
  [
    { hidden_size: 4096, num_attention_heads: 32, num_key_value_heads: 8 },
    { heads: 32, kvHeads: 8, size: 128 },
  ],
  [
    { hidden_size: 2560, num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128 },
    { heads: 32, kvHeads: 8, size: 128 },
  ],
  [
    { n_embd: 768, n_head: 12 },
    { heads: 12, kvHeads: 12, size: 64 },
  ],
  [
    { text_config: { hidden_size: 64, num_attention_heads: 4 }, hidden_size: 1 },
    { heads: 4, kvHeads: 4, size: 16 },
  ],
])('reads heads of %o', (config, layout) => {
  expect(headLayout(config, 'decoder')).toEqual(layout);
});

test.each([
  [{}],
  [{ num_attention_heads: '32', hidden_size: 64 }],
  [{ num_attention_heads: 7, hidden_size: 64 }],
  [{ num_attention_heads: 6, num_key_value_heads: 4, head_dim: 8 }],
  [{ num_attention_heads: -2, hidden_size: 64 }],
  [{ text_config: null, num_attention_heads: 0, hidden_size: 0 }],
])('knows no heads where %o does not state whole ones', (config) => {
  expect(headLayout(config, 'decoder')).toBeUndefined();
});

test('rotary positions and query norms fix the coordinates inside a head, absolute positions do not', () => {
  expect(fixedQueryCoordinates({ model_type: 'llama' }, 'decoder', [])).toMatch(/rotary/);
  expect(fixedQueryCoordinates({ model_type: 'bert' }, 'decoder', [])).toBeUndefined();
  expect(fixedQueryCoordinates({ model_type: 'bert' }, 'decoder', ['layers.0.self_attn.q_norm.weight'])).toMatch(
    /normalised/,
  );
});
