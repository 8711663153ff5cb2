import { expect, test } from 'vitest';
import { roleOf } from '../../src/checkpoint/roles.ts';

/** name, then role, depth, group, pooled; names as in published checkpoints. */
const known: readonly [string, string, number | null, string, boolean][] = [
  // Llama, Qwen, Mistral, Gemma
  ['model.layers.3.self_attn.q_proj.weight', 'q', 3, 'decoder', true],
  ['model.layers.3.self_attn.k_proj.weight', 'k', 3, 'decoder', true],
  ['model.layers.31.self_attn.v_proj.weight', 'v', 31, 'decoder', true],
  ['model.layers.3.self_attn.o_proj.weight', 'o', 3, 'decoder', true],
  ['model.layers.3.mlp.gate_proj.weight', 'gate', 3, 'decoder', true],
  ['model.layers.3.mlp.up_proj.weight', 'up', 3, 'decoder', true],
  ['model.layers.3.mlp.down_proj.weight', 'down', 3, 'decoder', true],
  ['model.layers.3.input_layernorm.weight', 'norm', 3, 'decoder', false],
  ['model.layers.3.self_attn.q_norm.weight', 'norm', 3, 'decoder', false],
  ['model.layers.3.self_attn.q_proj.bias', 'bias', 3, 'decoder', false],
  ['model.norm.weight', 'norm', null, 'decoder', false],
  ['model.embed_tokens.weight', 'embedding', null, 'decoder', false],
  ['lm_head.weight', 'head', null, 'decoder', false],
  // Original Llama, InternLM2
  ['layers.0.attention.wq.weight', 'q', 0, 'decoder', true],
  ['layers.0.attention.wo.weight', 'o', 0, 'decoder', true],
  ['layers.0.feed_forward.w2.weight', 'down', 0, 'decoder', true],
  ['model.layers.0.attention.wqkv.weight', 'qkv', 0, 'decoder', true],
  ['tok_embeddings.weight', 'embedding', null, 'decoder', false],
  ['output.weight', 'head', null, 'decoder', false],
  // GPT-2
  ['h.11.attn.c_attn.weight', 'qkv', 11, 'decoder', true],
  ['transformer.h.0.attn.c_proj.weight', 'o', 0, 'decoder', true],
  ['h.0.mlp.c_fc.weight', 'up', 0, 'decoder', true],
  ['h.0.mlp.c_proj.weight', 'down', 0, 'decoder', true],
  ['h.0.ln_1.weight', 'norm', 0, 'decoder', false],
  ['wte.weight', 'embedding', null, 'decoder', false],
  // GPT-NeoX, Falcon
  ['gpt_neox.layers.5.attention.query_key_value.weight', 'qkv', 5, 'decoder', true],
  ['gpt_neox.layers.5.attention.dense.weight', 'o', 5, 'decoder', true],
  ['gpt_neox.layers.5.mlp.dense_h_to_4h.weight', 'up', 5, 'decoder', true],
  ['gpt_neox.layers.5.mlp.dense_4h_to_h.weight', 'down', 5, 'decoder', true],
  ['gpt_neox.embed_in.weight', 'embedding', null, 'decoder', false],
  ['embed_out.weight', 'head', null, 'decoder', false],
  ['transformer.h.2.self_attention.dense.weight', 'o', 2, 'decoder', true],
  // Phi
  ['model.layers.1.self_attn.qkv_proj.weight', 'qkv', 1, 'decoder', true],
  ['model.layers.1.mlp.gate_up_proj.weight', 'gate_up', 1, 'decoder', true],
  ['model.layers.1.mlp.fc1.weight', 'up', 1, 'decoder', true],
  ['model.layers.1.self_attn.dense.weight', 'o', 1, 'decoder', true],
  // BERT
  ['bert.encoder.layer.2.attention.self.query.weight', 'q', 2, 'decoder', true],
  ['bert.encoder.layer.2.attention.output.dense.weight', 'o', 2, 'decoder', true],
  ['bert.encoder.layer.2.intermediate.dense.weight', 'up', 2, 'decoder', true],
  ['bert.encoder.layer.2.output.dense.weight', 'down', 2, 'decoder', true],
  ['bert.embeddings.word_embeddings.weight', 'embedding', null, 'decoder', false],
  ['bert.pooler.dense.weight', 'head', null, 'decoder', false],
  // T5
  ['encoder.block.4.layer.0.SelfAttention.k.weight', 'k', 4, 'decoder', true],
  ['encoder.block.4.layer.1.DenseReluDense.wo.weight', 'down', 4, 'decoder', true],
  ['encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight', 'other', 0, 'decoder', false],
  // Mixtures of experts: experts count, routers do not
  ['model.layers.7.mlp.experts.12.gate_proj.weight', 'gate', 7, 'decoder', true],
  ['model.layers.7.block_sparse_moe.experts.3.w3.weight', 'up', 7, 'decoder', true],
  ['model.layers.7.mlp.shared_expert.down_proj.weight', 'down', 7, 'decoder', true],
  ['model.layers.7.mlp.gate.weight', 'other', 7, 'decoder', false],
  ['model.layers.7.block_sparse_moe.gate.weight', 'other', 7, 'decoder', false],
  // Vision towers and projectors
  ['visual.blocks.9.attn.qkv.weight', 'qkv', 9, 'vision', true],
  ['model.visual.blocks.9.attn.proj.weight', 'o', 9, 'vision', true],
  ['model.visual.blocks.9.mlp.linear_fc1.weight', 'up', 9, 'vision', true],
  ['vision_tower.vision_model.encoder.layers.1.self_attn.out_proj.weight', 'o', 1, 'vision', true],
  ['vision_model.encoder.layers.1.mlp.fc2.weight', 'down', 1, 'vision', true],
  ['model.visual.merger.linear_fc1.weight', 'up', null, 'projector', false],
  ['multi_modal_projector.linear_1.weight', 'other', null, 'projector', false],
  ['mm_projector.0.weight', 'other', null, 'projector', false],
  ['mlp1.1.weight', 'other', null, 'projector', false],
  ['model.language_model.layers.0.mlp.up_proj.weight', 'up', 0, 'decoder', true],
  // Adapters are no weights of their own; names nobody knows stay in
  ['model.layers.0.self_attn.q_proj.lora_A.weight', 'other', 0, 'decoder', false],
  ['model.layers.0.mixer.in_proj.weight', 'other', 0, 'decoder', true],
  ['something.else.weight', 'other', null, 'other', false],
];

test.each(known)('%s is %s, depth %s, group %s, pooled %s', (name, role, depth, group, pooled) => {
  const shape = role === 'norm' || role === 'bias' ? [64] : [64, 64];
  expect(roleOf(name, shape)).toEqual({ role, depth, group, pooled });
});

test('a vector in a block is never pooled, whatever its name', () => {
  expect(roleOf('model.layers.0.self_attn.q_proj.weight', [64]).pooled).toBe(false);
});
