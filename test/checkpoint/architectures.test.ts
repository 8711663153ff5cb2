import { expect, test } from 'vitest';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { takeInventory } from '../../src/checkpoint/inventory.ts';

/**
 * Checkpoints as published architectures name and shape them, made small: name and shape of every weight of one block and of
 * what is outside the blocks. Expected are the pooled matrices (depth 0) as group/role, those kept without being pooled, and how
 * many tensors are no matrices.
 */
interface Architecture {
  readonly config: object;
  readonly tensors: Readonly<Record<string, readonly number[]>>;
  readonly pooled: string;
  readonly besides: string;
  readonly leftOut: number;
}

const architectures: Readonly<Record<string, Architecture>> = {
  'Llama, Mistral': {
    config: {
      model_type: 'llama',
      hidden_size: 8,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      intermediate_size: 12,
    },
    tensors: {
      'model.embed_tokens.weight': [32, 8],
      'model.layers.0.self_attn.q_proj.weight': [8, 8],
      'model.layers.0.self_attn.k_proj.weight': [4, 8],
      'model.layers.0.self_attn.v_proj.weight': [4, 8],
      'model.layers.0.self_attn.o_proj.weight': [8, 8],
      'model.layers.0.mlp.gate_proj.weight': [12, 8],
      'model.layers.0.mlp.up_proj.weight': [12, 8],
      'model.layers.0.mlp.down_proj.weight': [8, 12],
      'model.layers.0.input_layernorm.weight': [8],
      'model.layers.0.post_attention_layernorm.weight': [8],
      'model.norm.weight': [8],
      'lm_head.weight': [32, 8],
    },
    pooled: 'decoder: q k v o gate up down',
    besides: 'embedding head',
    leftOut: 3,
  },
  'Qwen3, Gemma 3 (norms of queries and keys, tied head)': {
    config: { model_type: 'qwen3', tie_word_embeddings: true },
    tensors: {
      'model.embed_tokens.weight': [32, 8],
      'model.layers.0.self_attn.q_proj.weight': [16, 8],
      'model.layers.0.self_attn.q_norm.weight': [4],
      'model.layers.0.self_attn.k_norm.weight': [4],
      'model.layers.0.pre_feedforward_layernorm.weight': [8],
      'model.layers.0.mlp.gate_proj.weight': [12, 8],
    },
    pooled: 'decoder: q gate',
    besides: 'embedding',
    leftOut: 4,
  },
  'Phi-3': {
    config: {
      model_type: 'phi3',
      hidden_size: 8,
      num_attention_heads: 4,
      num_key_value_heads: 2,
      intermediate_size: 12,
    },
    tensors: {
      'model.layers.0.self_attn.qkv_proj.weight': [16, 8],
      'model.layers.0.self_attn.o_proj.weight': [8, 8],
      'model.layers.0.mlp.gate_up_proj.weight': [24, 8],
      'model.layers.0.mlp.down_proj.weight': [8, 12],
    },
    pooled: 'decoder: q k v o gate up down',
    besides: '',
    leftOut: 0,
  },
  'GPT-2': {
    config: { model_type: 'gpt2', n_embd: 8, n_head: 2 },
    tensors: {
      'wte.weight': [32, 8],
      'wpe.weight': [16, 8],
      'h.0.attn.c_attn.weight': [8, 24],
      'h.0.attn.c_attn.bias': [24],
      'h.0.attn.bias': [1, 1, 16, 16],
      'h.0.attn.c_proj.weight': [8, 8],
      'h.0.mlp.c_fc.weight': [8, 32],
      'h.0.mlp.c_proj.weight': [32, 8],
      'h.0.ln_1.weight': [8],
      'ln_f.weight': [8],
    },
    pooled: 'decoder: q k v o up down',
    besides: 'embedding embedding',
    leftOut: 4,
  },
  'GPT-NeoX': {
    config: { model_type: 'gpt_neox', hidden_size: 8, num_attention_heads: 2 },
    tensors: {
      'gpt_neox.embed_in.weight': [32, 8],
      'gpt_neox.layers.0.attention.query_key_value.weight': [24, 8],
      'gpt_neox.layers.0.attention.dense.weight': [8, 8],
      'gpt_neox.layers.0.attention.rotary_emb.inv_freq': [2],
      'gpt_neox.layers.0.mlp.dense_h_to_4h.weight': [32, 8],
      'gpt_neox.layers.0.mlp.dense_4h_to_h.weight': [8, 32],
      'embed_out.weight': [32, 8],
    },
    pooled: 'decoder: q k v o up down',
    besides: 'embedding head',
    leftOut: 1,
  },
  'BLOOM, Falcon': {
    config: { model_type: 'bloom', hidden_size: 8, n_head: 2 },
    tensors: {
      'transformer.word_embeddings.weight': [32, 8],
      'transformer.word_embeddings_layernorm.weight': [8],
      'transformer.h.0.self_attention.query_key_value.weight': [24, 8],
      'transformer.h.0.self_attention.dense.weight': [8, 8],
      'transformer.h.0.mlp.dense_h_to_4h.weight': [32, 8],
      'transformer.h.0.mlp.dense_4h_to_h.weight': [8, 32],
    },
    pooled: 'decoder: q k v o up down',
    besides: 'embedding',
    leftOut: 1,
  },
  Mixtral: {
    config: { model_type: 'mixtral' },
    tensors: {
      'model.layers.0.block_sparse_moe.gate.weight': [2, 8],
      'model.layers.0.block_sparse_moe.experts.0.w1.weight': [12, 8],
      'model.layers.0.block_sparse_moe.experts.0.w2.weight': [8, 12],
      'model.layers.0.block_sparse_moe.experts.0.w3.weight': [12, 8],
    },
    pooled: 'decoder: gate down up',
    besides: 'other',
    leftOut: 0,
  },
  'Qwen-MoE, DeepSeek-V3': {
    config: { model_type: 'deepseek_v3', num_attention_heads: 2, qk_nope_head_dim: 4, v_head_dim: 4 },
    tensors: {
      'model.layers.0.self_attn.q_a_proj.weight': [6, 8],
      'model.layers.0.self_attn.q_a_layernorm.weight': [6],
      'model.layers.0.self_attn.q_b_proj.weight': [12, 6],
      'model.layers.0.self_attn.kv_a_proj_with_mqa.weight': [6, 8],
      'model.layers.0.self_attn.kv_b_proj.weight': [16, 4],
      'model.layers.0.self_attn.o_proj.weight': [8, 8],
      'model.layers.0.mlp.gate.weight': [4, 8],
      'model.layers.0.mlp.gate.e_score_correction_bias': [4],
      'model.layers.0.mlp.experts.0.gate_proj.weight': [3, 8],
      'model.layers.0.mlp.shared_experts.down_proj.weight': [8, 3],
    },
    pooled: 'decoder: gate down kv k v o q q',
    besides: 'other',
    leftOut: 2,
  },
  'gpt-oss': {
    config: { model_type: 'gpt_oss' },
    tensors: {
      'model.layers.0.mlp.router.weight': [4, 8],
      'model.layers.0.mlp.experts.gate_up_proj_bias': [4, 6],
      'model.layers.0.self_attn.sinks': [2],
      'model.layers.0.self_attn.q_proj.weight': [8, 8],
    },
    pooled: 'decoder: q',
    besides: 'other',
    leftOut: 2,
  },
  BERT: {
    config: { model_type: 'bert' },
    tensors: {
      'embeddings.word_embeddings.weight': [32, 8],
      'embeddings.position_embeddings.weight': [16, 8],
      'encoder.layer.0.attention.self.query.weight': [8, 8],
      'encoder.layer.0.attention.self.key.weight': [8, 8],
      'encoder.layer.0.attention.self.value.weight': [8, 8],
      'encoder.layer.0.attention.output.dense.weight': [8, 8],
      'encoder.layer.0.attention.output.LayerNorm.weight': [8],
      'encoder.layer.0.intermediate.dense.weight': [32, 8],
      'encoder.layer.0.output.dense.weight': [8, 32],
      'pooler.dense.weight': [8, 8],
    },
    pooled: 'decoder: o k q v up down',
    besides: 'embedding embedding head',
    leftOut: 1,
  },
  'CLIP, SigLIP': {
    config: { model_type: 'siglip' },
    tensors: {
      'vision_model.embeddings.patch_embedding.weight': [8, 3, 2, 2],
      'vision_model.embeddings.position_embedding.weight': [4, 8],
      'vision_model.encoder.layers.0.self_attn.q_proj.weight': [8, 8],
      'vision_model.encoder.layers.0.self_attn.out_proj.weight': [8, 8],
      'vision_model.encoder.layers.0.mlp.fc1.weight': [32, 8],
      'vision_model.encoder.layers.0.mlp.fc2.weight': [8, 32],
      'vision_model.head.attention.in_proj_weight': [24, 8],
      'vision_model.head.attention.in_proj_bias': [24],
      'vision_model.head.probe': [1, 1, 8],
    },
    pooled: 'vision: up down o q',
    besides: 'embedding q k v',
    leftOut: 3,
  },
  'Qwen-VL': {
    config: { model_type: 'qwen2_5_vl' },
    tensors: {
      'visual.patch_embed.proj.weight': [8, 3, 2, 2, 2],
      'visual.blocks.0.attn.qkv.weight': [24, 8],
      'visual.blocks.0.attn.proj.weight': [8, 8],
      'visual.blocks.0.mlp.gate_proj.weight': [12, 8],
      'visual.merger.mlp.0.weight': [8, 8],
      'model.layers.0.self_attn.q_proj.weight': [8, 8],
    },
    pooled: 'decoder: q; vision: o q k v gate',
    besides: 'other',
    leftOut: 1,
  },
  InternVL: {
    config: { model_type: 'internvl_chat', llm_config: { model_type: 'qwen2' } },
    tensors: {
      'vision_model.embeddings.class_embedding': [1, 1, 8],
      'vision_model.encoder.layers.0.attn.qkv.weight': [24, 8],
      'vision_model.encoder.layers.0.attn.proj.weight': [8, 8],
      'vision_model.encoder.layers.0.mlp.fc1.weight': [32, 8],
      'vision_model.encoder.layers.0.ls1': [8],
      'language_model.model.layers.0.mlp.up_proj.weight': [12, 8],
      'mlp1.1.weight': [8, 8],
    },
    pooled: 'decoder: up; vision: o q k v up',
    besides: 'other',
    leftOut: 2,
  },
  LLaVA: {
    config: { model_type: 'llava', text_config: { model_type: 'llama' } },
    tensors: {
      'language_model.model.layers.0.self_attn.q_proj.weight': [8, 8],
      'vision_tower.vision_model.encoder.layers.0.self_attn.k_proj.weight': [8, 8],
      'multi_modal_projector.linear_1.weight': [8, 8],
      'multi_modal_projector.linear_2.weight': [8, 8],
      image_newline: [8],
    },
    pooled: 'decoder: q; vision: k',
    besides: 'other other',
    leftOut: 1,
  },
  'something new, which stays in as other': {
    config: { model_type: 'new' },
    tensors: {
      'model.layers.0.mixer.in_proj.weight': [8, 8],
      'model.layers.0.mixer.dt.weight': [8, 2],
      'x.weight': [4, 4],
    },
    pooled: 'decoder: other other',
    besides: 'other',
    leftOut: 0,
  },
};

test.each(Object.entries(architectures))('%s', (_, { config, tensors, pooled, besides, leftOut }) => {
  const stored = Object.entries(tensors).map(
    ([name, shape]): TensorLocation => ({
      name,
      dtype: 'BF16',
      shape,
      file: 'm',
      begin: 0,
      end: shape.reduce((product, size) => product * size, 2),
      sha256: name,
    }),
  );
  const inventory = takeInventory(stored, config as Record<string, unknown>);
  const own = inventory.matrices.filter((matrix) => matrix.pooled);
  const groups = [...new Set(own.map(({ group }) => group))].sort();
  expect(
    groups
      .map(
        (group) =>
          `${group}: ${own
            .filter((matrix) => matrix.group === group)
            .map(({ role }) => role)
            .join(' ')}`,
      )
      .map(sorted)
      .join('; '),
  ).toBe(pooled.split('; ').map(sorted).join('; '));
  expect(
    sorted(
      inventory.matrices
        .filter((matrix) => !matrix.pooled)
        .map(({ role }) => role)
        .join(' '),
    ),
  ).toBe(sorted(besides));
  expect(own.every(({ depth }) => depth === 0)).toBe(true);
  expect(inventory.leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(leftOut);
  expect(inventory.notes).toEqual([]);
});

/** Words in order; a group's name stays in front. */
function sorted(text: string): string {
  const [head, tail] = text.includes(': ') ? text.split(': ') : ['', text];
  return `${head}:${(tail ?? '').split(' ').sort().join(' ')}`;
}
