/** Facts of a GGUF file and the key of a config.json that says the same. */
const sameFacts: readonly (readonly [string, string])[] = [
  ['block_count', 'num_hidden_layers'],
  ['embedding_length', 'hidden_size'],
  ['feed_forward_length', 'intermediate_size'],
  ['expert_feed_forward_length', 'moe_intermediate_size'],
  ['attention.head_count', 'num_attention_heads'],
  ['attention.head_count_kv', 'num_key_value_heads'],
  ['attention.key_length', 'head_dim'],
];

/**
 * Metadata of a GGUF file in the words of a config.json, as far as the inventory asks: `llama.attention.head_count` is
 * `num_attention_heads`. `model_type` is the file's own name of the architecture, and `gguf` says that tensors are
 * named and ordered as llama.cpp does.
 */
export function ggufConfig(metadata: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const architecture = metadata.get('general.architecture');
  if (typeof architecture !== 'string') return { gguf: true };
  const config: Record<string, unknown> = { gguf: true, model_type: architecture };
  for (const [fact, key] of sameFacts) {
    const value = metadata.get(`${architecture}.${fact}`);
    if (typeof value === 'number') config[key] = value;
  }
  return config;
}
