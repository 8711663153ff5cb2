type Config = Readonly<Record<string, unknown>>;

/** Sizes that say how fused weights are laid out; undefined where the config does not tell. */
export interface ModelSizes {
  readonly modelType: string | undefined;
  readonly hidden: number | undefined;
  readonly heads: number | undefined;
  readonly kvHeads: number | undefined;
  readonly headSize: number | undefined;
  /** Width of the feed-forward part; that of one expert where experts have their own. */
  readonly intermediate: number | undefined;
  readonly expertIntermediate: number | undefined;
  readonly experts: number | undefined;
  /** The config these were read from, for flags of single architectures. */
  readonly config: Config;
}

/**
 * The language model's sizes in a config.json, under the names that the architectures use. A vision–language model keeps
 * them in `text_config` or the like, over the outer ones.
 */
export function languageSizes(config: Config): ModelSizes {
  const inner = ['text_config', 'llm_config', 'language_config', 'thinker_config'].map((key) => recordOf(config[key]));
  return sizesOf({ ...config, ...inner.find((part) => part !== undefined) });
}

function sizesOf(config: Config): ModelSizes {
  const size = (...keys: string[]): number | undefined => keys.map((key) => sizeOf(config[key])).find((value) => value);
  const heads = size('num_attention_heads', 'n_head', 'n_heads', 'num_heads');
  const hidden = size('hidden_size', 'n_embd', 'd_model', 'dim');
  const even = heads !== undefined && hidden !== undefined && hidden % heads === 0 ? hidden / heads : undefined;
  return {
    modelType: typeof config.model_type === 'string' ? config.model_type : undefined,
    hidden,
    heads,
    kvHeads: size('num_key_value_heads', 'num_kv_heads', 'n_head_kv', 'multi_query_group_num') ?? heads,
    headSize: size('head_dim', 'kv_channels') ?? even,
    intermediate: size('intermediate_size', 'ffn_hidden_size'),
    expertIntermediate: size('moe_intermediate_size', 'intermediate_size'),
    experts: size('num_local_experts', 'num_experts', 'n_routed_experts'),
    config,
  };
}

function sizeOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

function recordOf(value: unknown): Config | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Config) : undefined;
}
