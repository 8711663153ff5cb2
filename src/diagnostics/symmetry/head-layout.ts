import type { Group } from '../../checkpoint/checkpoint.ts';

/** How the rows of attention projections divide into heads; query heads share key–value heads in equal groups. */
export interface HeadLayout {
  readonly heads: number;
  readonly kvHeads: number;
  readonly size: number;
}

/**
 * Head counts from config.json, of the part that the module group belongs to; undefined where they are not stated or do not
 * divide. `num_attention_heads: 32, num_key_value_heads: 8, head_dim: 128` is `{ heads: 32, kvHeads: 8, size: 128 }`.
 */
export function headLayout(config: Readonly<Record<string, unknown>>, group: Group): HeadLayout | undefined {
  const own = partOf(config, group);
  const heads = count(own, 'num_attention_heads', 'n_head', 'num_heads', 'n_heads');
  const width = count(own, 'hidden_size', 'n_embd', 'd_model', 'embed_dim', 'dim');
  if (heads === undefined) return undefined;
  const kvHeads = count(own, 'num_key_value_heads', 'num_kv_heads', 'n_head_kv') ?? heads;
  const size = count(own, 'head_dim', 'd_kv') ?? (width === undefined ? undefined : width / heads);
  if (size === undefined || !Number.isInteger(size) || heads % kvHeads !== 0) return undefined;
  return { heads, kvHeads, size };
}

/**
 * Why the product W_qᵀW_k of a head is no invariant of this model, or undefined where it is: rotary positions and norms
 * of queries and keys fix the coordinates within a head.
 */
export function fixedQueryCoordinates(
  config: Readonly<Record<string, unknown>>,
  group: Group,
  tensorNames: Iterable<string>,
): string | undefined {
  const own = partOf(config, group);
  for (const name of tensorNames)
    if (/(^|\.)(q_norm|k_norm|q_layernorm|k_layernorm)\./.test(name)) return 'queries and keys are normalised';
  const type = String(own.model_type ?? config.model_type ?? '');
  const absolute = own.position_embedding_type === 'absolute' || absolutePositions.has(type);
  return absolute ? undefined : 'positions are rotary or not known to be absolute';
}

const absolutePositions: ReadonlySet<string> = new Set([
  'bert',
  'roberta',
  'distilbert',
  'gpt2',
  'opt',
  'vit',
  'clip',
  'clip_text_model',
  'clip_vision_model',
  'siglip',
  'siglip_vision_model',
]);

function partOf(config: Readonly<Record<string, unknown>>, group: Group): Readonly<Record<string, unknown>> {
  const keys = group === 'vision' ? ['vision_config'] : ['text_config', 'llm_config', 'language_config'];
  const nested = keys.map((key) => config[key]).find((value) => typeof value === 'object' && value !== null);
  return (nested as Readonly<Record<string, unknown>> | undefined) ?? config;
}

function count(own: Readonly<Record<string, unknown>>, ...keys: readonly string[]): number | undefined {
  const found = keys.map((key) => own[key]).find((value) => Number.isInteger(value) && (value as number) > 0);
  return found as number | undefined;
}
