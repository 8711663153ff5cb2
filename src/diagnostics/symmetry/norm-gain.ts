import type { MatrixInfo, Role } from '../../checkpoint/checkpoint.ts';

/** Norms that feed a projection, by role, in the order in which they are looked for: Llama, original Llama, GPT-2, ViT. */
const feeding: Readonly<Partial<Record<Role, readonly string[]>>> = {
  q: ['input_layernorm', 'attention_norm', 'ln_1', 'norm1', 'layer_norm1'],
  k: ['input_layernorm', 'attention_norm', 'ln_1', 'norm1', 'layer_norm1'],
  v: ['input_layernorm', 'attention_norm', 'ln_1', 'norm1', 'layer_norm1'],
  gate: ['pre_feedforward_layernorm', 'post_attention_layernorm', 'ffn_norm', 'ln_2', 'norm2', 'layer_norm2'],
  up: ['pre_feedforward_layernorm', 'post_attention_layernorm', 'ffn_norm', 'ln_2', 'norm2', 'layer_norm2'],
};

/**
 * Name of the tensor with the gains that multiply a matrix's inputs, undefined where there is none: the gain of a norm
 * can be folded into the columns of the matrix behind it without changing the function (METHOD § 8.9).
 */
export function gainName(
  { name, role }: Pick<MatrixInfo, 'name' | 'role'>,
  tensors: { has(name: string): boolean },
): string | undefined {
  const block = /^(?:.*?\.)?(?:layers?|h|blocks?|resblocks)\.\d+\./.exec(name)?.[0];
  return (feeding[role] ?? []).map((norm) => `${block}${norm}.weight`).find((candidate) => tensors.has(candidate));
}

/** Gains as they multiply: Gemma stores them less one. */
export function effectiveGains(stored: Float64Array, config: Readonly<Record<string, unknown>>): Float64Array {
  const lessOne = String(config.model_type ?? '').startsWith('gemma');
  return lessOne ? stored.map((gain) => 1 + gain) : stored;
}
