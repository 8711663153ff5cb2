import type { Group, Role } from './checkpoint.ts';

/**
 * How tensor names of public model families are read. Every table is tried from the top, the first match wins; a pattern
 * is matched against the name without its last part (`model.layers.3.self_attn.q_proj.weight` -> `…self_attn.q_proj`).
 * `end('q_proj')` matches a last module of that name.
 */
const end = (...names: string[]): RegExp => new RegExp(`(^|\\.)(${names.join('|')})$`);
const within = (...names: string[]): RegExp => new RegExp(`(^|\\.)(${names.join('|')})(\\.|$)`);

/** The number after one of these words is the block index; the first one in the name counts. */
export const blockIndex = /(?:^|\.)(?:layers?|h|blocks?|blk|resblocks|decoder_layers|encoder_layers)\.(\d+)\./;

/** Groups, by any part of the name. A projector may sit inside the vision tower (`visual.merger`), so it comes first. */
export const groupRules: readonly (readonly [RegExp, Group])[] = [
  [
    within(
      'multi_modal_projector',
      'mm_projector',
      'merger',
      'merger_list',
      'deepstack_merger_list',
      'projector',
      'vision_projection',
      'visual_projection',
      'embed_vision',
      'connector',
      'resampler',
      'aligner',
      'mlp1',
      'mm', // GGUF
    ),
    'projector',
  ],
  [
    within(
      'vision_tower',
      'vision_model',
      'vision_encoder',
      'vision_embed_tokens',
      'visual',
      'vision',
      'image_encoder',
      'vit',
      'v', // GGUF
    ),
    'vision',
  ],
  [within('audio_tower', 'audio_model', 'audio_encoder', 'audio', 'talker', 'code2wav'), 'other'],
];

/** Weights that are matrices in blocks and still not linear layers of the model itself; never pooled. */
export const besides: readonly RegExp[] = [
  // Routers of mixtures of experts: Mixtral, Qwen, DeepSeek, gpt-oss.
  end(
    'block_sparse_moe\\.gate',
    'mlp\\.gate',
    'feed_forward\\.gate',
    'router',
    'shared_expert_gate',
    'gate_network',
    'ffn_gate_inp',
    'ffn_gate_inp_shexp',
  ),
  // Adapters that were not merged.
  within('lora_A', 'lora_B', 'lora_embedding_A', 'lora_embedding_B', 'lora_magnitude_vector'),
  // Tables and convolutions.
  end('relative_attention_bias', 'relative_position_bias_table', 'conv1d', 'A_log', 'masked_bias', 'rotary_emb'),
];

/** Roles, by the end of the module name. Comments name the families that use the spelling. */
export const roleRules: readonly (readonly [RegExp, Role])[] = [
  // Fused before split: `qkv_proj` must not be read as a `v_proj`.
  [
    end(
      'qkv_proj',
      'qkv',
      'Wqkv',
      'wqkv',
      'query_key_value',
      'c_attn',
      'attn\\.in_proj',
      'self_attn\\.in_proj',
      'attention\\.in_proj',
      'attn_qkv',
    ),
    'qkv',
  ], // Phi, ViT, MPT, InternLM2, NeoX and Falcon, GPT-2, CLIP, SigLIP's head, GGUF
  [end('kv_a_proj_with_mqa', 'kv_b_proj', 'attn_kv_a_mqa', 'attn_kv_b'), 'kv'], // DeepSeek: keys and values together, through a latent space
  [end('gate_up_proj', 'w12', 'weights_in', 'ffn_gate_up_exps'), 'gate_up'], // Phi-3, DINOv2, GGUF
  [
    end(
      'q_proj',
      'wq',
      'query',
      'q_lin',
      'q_a_proj',
      'q_b_proj',
      'attn_q',
      'attn_q_a',
      'attn_q_b',
      'SelfAttention\\.q',
      'EncDecAttention\\.q',
    ),
    'q',
  ], // Llama and kin, original Llama, BERT, DistilBERT, DeepSeek, T5
  [end('k_proj', 'wk', 'key', 'k_lin', 'attn_k', 'attn_k_b', 'SelfAttention\\.k', 'EncDecAttention\\.k'), 'k'],
  [end('v_proj', 'wv', 'value', 'v_lin', 'attn_v', 'attn_v_b', 'SelfAttention\\.v', 'EncDecAttention\\.v'), 'v'],
  [
    end(
      'o_proj', // Llama, Qwen, Mistral, Gemma
      'attention\\.wo', // original Llama, InternLM2
      'out_proj', // CLIP, SigLIP, OPT, MPT
      'out_lin', // DistilBERT
      'attention\\.dense', // NeoX
      'self_attn\\.dense', // Phi-2
      'self_attention\\.dense', // Falcon, BLOOM
      'attention\\.output\\.dense', // BERT
      'attn\\.c_proj', // GPT-2
      'attn\\.proj', // ViT, Qwen-VL
      'attn\\.out',
      'attn_output', // GGUF
      'attn_out', // GGUF vision towers
      'SelfAttention\\.o', // T5
      'EncDecAttention\\.o',
    ),
    'o',
  ],
  [end('gate_proj', 'w1', 'wi_0', 'ffn_gate', 'ffn_gate_exps', 'ffn_gate_shexp'), 'gate'], // Llama; Mixtral and original Llama; T5 v1.1
  [
    end(
      'up_proj', // Llama
      'w3', // Mixtral and original Llama
      'wi_1', // T5 v1.1
      'wi', // T5
      'c_fc', // GPT-2, CLIP
      'fc1', // Phi-2, SigLIP, OPT
      'fc_in', // GPT-J
      'lin1', // DistilBERT
      'linear_fc1', // Qwen-VL
      'dense_h_to_4h', // NeoX, Falcon
      'intermediate\\.dense', // BERT
      'ffn_up', // GGUF
      'ffn_up_exps',
      'ffn_up_shexp',
    ),
    'up',
  ],
  [
    end(
      'down_proj', // Llama
      'w2', // Mixtral and original Llama
      'mlp\\.c_proj', // GPT-2, CLIP
      'fc2', // Phi-2, SigLIP, OPT
      'fc_out', // GPT-J
      'lin2', // DistilBERT
      'linear_fc2', // Qwen-VL
      'dense_4h_to_h', // NeoX, Falcon
      'output\\.dense', // BERT; its attention output is matched above
      'DenseReluDense\\.wo',
      'ffn_down', // GGUF
      'ffn_down_exps',
      'ffn_down_shexp',
      'weights_out', // DINOv2
    ),
    'down',
  ],
  [end('\\w*norm\\w*', 'ln_?\\w*', '\\w*LayerNorm\\w*', '\\w*layernorm\\w*'), 'norm'],
  [
    end(
      'embed_tokens',
      'token_embd',
      'position_embd',
      'patch_embd',
      'wte',
      'wpe',
      'tok_embeddings',
      'embed_in',
      'embed_positions',
      'shared',
      '\\w*embeddings?',
    ),
    'embedding',
  ],
  [end('\\w*embed', 'patch_embed\\.proj', 'class_embedding', 'position_ids', 'pos_embed', 'cls_token'), 'embedding'],
  [
    end('lm_head', 'embed_out', '\\w*classifier', 'score', 'head', 'cls\\.predictions\\.decoder', 'pooler\\.dense'),
    'head',
  ],
];
