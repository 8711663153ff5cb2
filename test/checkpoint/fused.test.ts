import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/checkpoint/bytes.ts';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { type Inventory, takeInventory } from '../../src/checkpoint/inventory.ts';
import { weightsFrom } from '../../src/spectrum/read-weights.ts';

/** Entries are expert·10⁶ + row·1000 + column, so that every entry of a part tells where it came from. */
const file = (rows: number, cols: number, experts = 1): Uint8Array =>
  new Uint8Array(
    Float64Array.from({ length: experts * rows * cols }, (_, index) => {
      const within = index % (rows * cols);
      return Math.floor(index / (rows * cols)) * 1e6 + Math.floor(within / cols) * 1000 + (within % cols);
    }).buffer,
  );
const tensor = (name: string, shape: readonly number[]): TensorLocation => ({
  name,
  dtype: 'F64',
  shape,
  file: 'm',
  begin: 0,
  end: shape.reduce((product, size) => product * size, 8),
});
const take = (name: string, shape: readonly number[], config: object): Inventory =>
  takeInventory([tensor(name, shape)], config as Record<string, unknown>);
/** Rows (or columns) that a part was made of, by the part's name after the `#`. */
const parts = (
  name: string,
  shape: readonly number[],
  config: object,
  axis: 'rows' | 'cols' = 'rows',
): Record<string, number[]> => {
  const [rows = 0, cols = 0] = shape.slice(-2);
  const bytes = bytesOf(file(rows, cols, shape.length === 3 ? shape[0] : 1));
  const { matrices, locations } = take(name, shape, config);
  return Object.fromEntries(
    matrices.map((matrix) => {
      const location = locations.get(matrix.name) as TensorLocation;
      const values = weightsFrom(location, () => bytes);
      const places = Array.from(values, (value) => (axis === 'rows' ? Math.floor(value / 1000) % 1000 : value % 1000));
      const own =
        axis === 'rows' ? places.filter((_, index) => index % matrix.cols === 0) : places.slice(0, matrix.cols);
      return [matrix.name.split('#')[1] ?? 'whole', own];
    }),
  );
};
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const every = (heads: number, period: number, from: number, to: number): number[] =>
  range(0, heads).flatMap((head) => range(head * period + from, head * period + to));

describe('query, key and value', () => {
  test('Phi-3: one after the other, keys and values of fewer heads', () => {
    const config = { model_type: 'phi3', hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 2 };
    expect(parts('model.layers.0.self_attn.qkv_proj.weight', [16, 8], config)).toEqual({
      q: range(0, 8),
      k: range(8, 12),
      v: range(12, 16),
    });
  });

  test('GPT-2: thirds of the columns, stored [in, out]', () => {
    expect(
      parts('transformer.h.0.attn.c_attn.weight', [4, 12], { model_type: 'gpt2', n_embd: 4, n_head: 2 }, 'cols'),
    ).toEqual({ q: range(0, 4), k: range(4, 8), v: range(8, 12) });
  });

  test.each([
    [
      'gpt_neox.layers.0.attention.query_key_value.weight',
      { model_type: 'gpt_neox', hidden_size: 4, num_attention_heads: 2 },
    ],
    ['transformer.h.0.self_attention.query_key_value.weight', { model_type: 'bloom', hidden_size: 4, n_head: 2 }],
    [
      'transformer.h.0.self_attention.query_key_value.weight',
      {
        model_type: 'falcon',
        hidden_size: 4,
        num_attention_heads: 2,
        multi_query: false,
        new_decoder_architecture: false,
      },
    ],
  ])('%s of %j: head by head', (name, config) => {
    expect(parts(name, [12, 4], config)).toEqual({ q: every(2, 6, 0, 2), k: every(2, 6, 2, 4), v: every(2, 6, 4, 6) });
  });

  test('Falcon 7B: all queries, one key, one value', () => {
    const config = { model_type: 'falcon', hidden_size: 8, num_attention_heads: 4, multi_query: true };
    expect(parts('transformer.h.0.self_attention.query_key_value.weight', [12, 8], config)).toEqual({
      q: range(0, 8),
      k: [8, 9],
      v: [10, 11],
    });
  });

  test.each([
    [
      'Falcon 40B',
      'transformer.h.0.self_attention.query_key_value.weight',
      { model_type: 'falcon', hidden_size: 8, num_attention_heads: 4, num_kv_heads: 2, new_decoder_architecture: true },
    ],
    [
      'InternLM2',
      'model.layers.0.attention.wqkv.weight',
      { model_type: 'internlm2', hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 2 },
    ],
    [
      'InternVL’s language model',
      'language_model.model.layers.0.attention.wqkv.weight',
      {
        model_type: 'internvl_chat',
        llm_config: { model_type: 'internlm2', hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 2 },
      },
    ],
  ])('%s: group by group', (_, name, config) => {
    expect(parts(name, [16, 8], config)).toEqual({ q: every(2, 8, 0, 4), k: every(2, 8, 4, 6), v: every(2, 8, 6, 8) });
  });

  test.each([
    'visual.blocks.0.attn.qkv.weight', // Qwen-VL
    'vision_model.encoder.layers.0.attn.qkv.weight', // InternVL
    'blocks.0.attn.qkv.weight', // timm
    'transformer.encoder.layers.0.self_attn.in_proj_weight', // torch.nn.MultiheadAttention
    'vision_model.head.attention.in_proj_weight', // SigLIP
    'model.layers.0.attn.Wqkv.weight', // ModernBERT
  ])('%s: thirds, no config needed', (name) => {
    expect(parts(name, [6, 2], {})).toEqual({ q: [0, 1], k: [2, 3], v: [4, 5] });
  });

  test('DeepSeek: keys and values out of the latent space, head by head; the others are one matrix each', () => {
    const config = { model_type: 'deepseek_v3', num_attention_heads: 2, qk_nope_head_dim: 2, v_head_dim: 1 };
    expect(parts('model.layers.0.self_attn.kv_b_proj.weight', [6, 3], config)).toEqual({
      k: every(2, 3, 0, 2),
      v: every(2, 3, 2, 3),
    });
    const roles = ['q_a_proj', 'q_b_proj', 'kv_a_proj_with_mqa', 'o_proj'].map(
      (module) => take(`model.layers.0.self_attn.${module}.weight`, [6, 3], config).matrices[0]?.role,
    );
    expect(roles).toEqual(['q', 'q', 'kv', 'o']);
  });
});

describe('gate and up', () => {
  test('Phi-3: halves of the rows', () => {
    const config = { model_type: 'phi3', hidden_size: 4, intermediate_size: 3 };
    expect(parts('model.layers.0.mlp.gate_up_proj.weight', [6, 4], config)).toEqual({
      gate: range(0, 3),
      up: range(3, 6),
    });
  });

  test('experts of Qwen3 (rows), Llama 4 (columns) and gpt-oss (alternating columns)', () => {
    const rows = { model_type: 'qwen3_moe', hidden_size: 4, moe_intermediate_size: 3, num_experts: 2 };
    const halves = { '0.gate': range(0, 3), '0.up': range(3, 6), '1.gate': range(0, 3), '1.up': range(3, 6) };
    expect(parts('model.layers.0.mlp.experts.gate_up_proj', [2, 6, 4], rows)).toEqual(halves);
    const cols = {
      model_type: 'llama4',
      text_config: { model_type: 'llama4_text', hidden_size: 4, intermediate_size: 3 },
    };
    expect(parts('language_model.model.layers.0.feed_forward.experts.gate_up_proj', [2, 4, 6], cols, 'cols')).toEqual(
      halves,
    );
    const alternating = { model_type: 'gpt_oss', hidden_size: 4, intermediate_size: 3 };
    expect(parts('model.layers.0.mlp.experts.gate_up_proj', [1, 4, 6], alternating, 'cols')).toEqual({
      '0.gate': [0, 2, 4],
      '0.up': [1, 3, 5],
    });
  });

  test('an expert is read from its own place', () => {
    const { locations, matrices } = take('model.layers.0.mlp.experts.down_proj', [3, 2, 2], {});
    expect(matrices.map(({ name, role, pooled, depth }) => [name.split('.').at(-1), role, pooled, depth])).toEqual(
      [0, 1, 2].map((expert) => [`down_proj#${expert}`, 'down', true, 0]),
    );
    const location = locations.get('model.layers.0.mlp.experts.down_proj#2') as TensorLocation;
    expect([...weightsFrom(location, () => bytesOf(file(2, 2, 3)))]).toEqual([2e6, 2000001, 2001000, 2001001]);
  });
});

describe('nothing is guessed: a fused matrix stays whole, and a note says why', () => {
  test.each<[string, string, readonly number[], object, string]>([
    ['no config', 'model.layers.0.self_attn.qkv_proj.weight', [16, 8], {}, 'without the architecture'],
    [
      'an unknown architecture',
      'model.layers.0.self_attn.qkv_proj.weight',
      [16, 8],
      { model_type: 'new' },
      'how new orders',
    ],
    ['no heads', 'model.layers.0.self_attn.qkv_proj.weight', [16, 8], { model_type: 'phi3' }, 'does not tell heads'],
    [
      'sizes that contradict the shape',
      'model.layers.0.self_attn.qkv_proj.weight',
      [17, 8],
      { model_type: 'phi3', hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 2 },
      'contradict its 17 rows',
    ],
    [
      'heads of no whole groups',
      'model.layers.0.attention.wqkv.weight',
      [16, 8],
      { model_type: 'internlm2', hidden_size: 8, num_attention_heads: 4, num_key_value_heads: 3 },
      'contradict',
    ],
    [
      'a name as of Object.prototype',
      'model.layers.0.self_attn.qkv_proj.weight',
      [16, 8],
      { model_type: 'constructor', hidden_size: 8, num_attention_heads: 4 },
      'how constructor orders',
    ],
    [
      'square experts',
      'model.layers.0.mlp.experts.gate_up_proj',
      [2, 4, 4],
      { model_type: 'qwen3_moe', hidden_size: 4, moe_intermediate_size: 2 },
      'it is square',
    ],
    [
      'another width',
      'model.layers.0.mlp.gate_up_proj.weight',
      [6, 4],
      { model_type: 'phi3', hidden_size: 4, intermediate_size: 4 },
      'contradicts its shape 6×4',
    ],
  ])('%s', (_, name, shape, config, why) => {
    const { matrices, notes, leftOut } = take(name, shape, config);
    expect(matrices.length).toBe(shape.length === 3 ? 2 : 1);
    expect(matrices[0]?.role).toMatch(/^(qkv|gate_up)$/);
    expect(notes).toMatchObject([{ reason: expect.stringContaining(why), count: 1, examples: [name] }]);
    expect(leftOut).toEqual([]);
  });
});

describe('eight-bit floats with scales', () => {
  const f8 = (name: string, shape: readonly number[]): TensorLocation => ({
    ...tensor(name, shape),
    dtype: 'F8_E4M3',
    end: shape.reduce((product, size) => product * size, 1),
  });
  const name = 'model.layers.0.self_attn.qkv_proj.weight';
  const config = { model_type: 'phi3', hidden_size: 128, num_attention_heads: 2, num_key_value_heads: 2 };

  test.each<[string, readonly number[], string, number, number]>([
    ['one for all', [1], '_scale', 384, 128],
    ['one a row', [384, 1], '_scale', 1, 128],
    ['DeepSeek’s blocks', [3, 1], '_scale_inv', 128, 128],
  ])('%s go to the parts', (_, shape, suffix, blockRows, blockCols) => {
    const { locations, matrices, leftOut } = takeInventory(
      [f8(name, [384, 128]), { ...tensor(`${name}${suffix}`, shape), dtype: 'F32' }],
      config,
    );
    expect(matrices.map((matrix) => matrix.role)).toEqual(['q', 'k', 'v']);
    const scaled = locations.get(`${name}#k`)?.scaled;
    expect(scaled).toMatchObject({ blockRows: Math.min(blockRows, 128), blockCols });
    expect(leftOut).toMatchObject([{ reason: expect.stringContaining('Scales of quantised weights') }]);
  });

  test('blocks that a part would cut leave it whole', () => {
    const small = { ...config, hidden_size: 64, head_dim: 32 };
    const { matrices, notes } = takeInventory(
      [f8(name, [192, 64]), { ...tensor(`${name}_scale_inv`, [2, 1]), dtype: 'F32' }],
      small,
    );
    expect(matrices.map((matrix) => matrix.role)).toEqual(['qkv']);
    expect(notes[0]?.reason).toContain('scales cut across');
  });

  test.each<[string, readonly number[] | undefined, string]>([
    ['without scales', undefined, 'there are none beside them'],
    ['with scales of another shape', [5, 7], 'not known'],
  ])('%s they are left out', (_, shape, why) => {
    const scale = shape ? [{ ...tensor(`${name}_scale_inv`, shape), dtype: 'F32' }] : [];
    const { leftOut } = takeInventory([f8(name, [384, 128]), ...scale], config);
    expect(leftOut.map(({ reason }) => reason).join()).toContain(why);
  });
});

test.each<[string, readonly [string, string][], string]>([
  [
    'GPTQ',
    [
      ['q.qweight', 'I32'],
      ['q.qzeros', 'I32'],
      ['q.scales', 'F16'],
      ['q.g_idx', 'I32'],
    ],
    'GPTQ',
  ],
  [
    'AWQ',
    [
      ['q.qweight', 'I32'],
      ['q.qzeros', 'I32'],
      ['q.scales', 'F16'],
    ],
    'AWQ',
  ],
  [
    'bitsandbytes int8',
    [
      ['q.weight', 'I8'],
      ['q.SCB', 'F32'],
      ['q.weight_format', 'U8'],
    ],
    'bitsandbytes to int8',
  ],
  [
    'bitsandbytes nf4',
    [
      ['q.weight', 'U8'],
      ['q.weight.absmax', 'U8'],
      ['q.weight.quant_map', 'F32'],
      ['q.weight.quant_state.bitsandbytes__nf4', 'U8'],
    ],
    'bitsandbytes to four bits',
  ],
  [
    'MXFP4',
    [
      ['mlp.experts.gate_up_proj_blocks', 'U8'],
      ['mlp.experts.gate_up_proj_scales', 'U8'],
    ],
    'MXFP4',
  ],
  [
    'packed',
    [
      ['q.weight_packed', 'I32'],
      ['q.weight_shape', 'I64'],
    ],
    'compressed-tensors',
  ],
  ['bare int8', [['q.weight', 'I8']], 'Dtype I8'],
])('%s is refused by the name of the scheme, every tensor of it', (_, tensors, scheme) => {
  const { matrices, leftOut } = takeInventory(tensors.map(([name, dtype]) => ({ ...tensor(name, [4, 4]), dtype })));
  expect(matrices).toEqual([]);
  expect(leftOut).toMatchObject([{ reason: expect.stringContaining(scheme), count: tensors.length }]);
});
