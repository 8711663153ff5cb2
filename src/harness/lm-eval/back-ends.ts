/** One of lm-eval's model types: how it gets the weights, and whether what it scores is known to be the checkpoint. */
export interface BackEnd {
  /**
   * transformers: loads the folder with transformers. engine: loads the folder itself (vllm, sglang). converted: loads a copy in
   * a format of its own. server: something else answers, which Skiagram neither starts nor sees into. unknown: a type that this
   * version does not know.
   */
  readonly kind: 'transformers' | 'engine' | 'converted' | 'server' | 'unknown';
  /** Model argument that carries the checkpoint's path; undefined where the user's own arguments have to. */
  readonly argument?: string;
  /** Argument that names an adapter, where the type takes one beside its base. */
  readonly adapter?: string;
}

/** Do scores of this back end belong to the fingerprinted weights for certain? Else nobody vouches for it. */
export function isAttested({ kind }: BackEnd): boolean {
  return kind === 'transformers' || kind === 'engine';
}

/** A model type by its name in lm-eval 0.4.13 (`lm_eval.models.MODEL_MAPPING`); any other name is `unknown`, not refused. */
export function backEnd(model: string): BackEnd {
  return known.get(model) ?? { kind: 'unknown' };
}

const transformers: BackEnd = { kind: 'transformers', argument: 'pretrained', adapter: 'peft' };
const server: BackEnd = { kind: 'server' };
const converted = (argument: string): BackEnd => ({ kind: 'converted', argument });

const groups: readonly (readonly [BackEnd, readonly string[]])[] = [
  [
    transformers,
    [
      ...['hf', 'hf-auto', 'huggingface', 'hf-multimodal', 'hf-audiolm-qwen', 'hf-mistral3'],
      ...['mamba_ssm', 'habana', 'ipex'],
    ],
  ],
  [{ kind: 'engine', argument: 'pretrained', adapter: 'lora_local_path' }, ['vllm', 'vllm-vlm']],
  [{ kind: 'engine', argument: 'pretrained' }, ['sglang', 'neuronx']],
  // `steered` changes what the weights compute, the others read an exported copy.
  [converted('pretrained'), ['steered', 'openvino', 'onnxruntime', 'onnxruntime-genai', 'winml']],
  [converted('model'), ['trtllm']],
  [converted('path'), ['nemo_lm']],
  [converted('load'), ['megatron_lm']],
  [
    server,
    [
      ...['local-completions', 'local-chat-completions', 'openai-completions', 'openai-chat-completions'],
      ...['anthropic-completions', 'anthropic-chat', 'anthropic-chat-completions'],
      ...['litellm', 'litellm-chat', 'litellm-chat-completions'],
      ...['gguf', 'ggml', 'sglang-generate', 'textsynth', 'watsonx_llm', 'dummy'],
    ],
  ],
];

const known: ReadonlyMap<string, BackEnd> = new Map(
  groups.flatMap(([entry, names]) => names.map((name) => [name, entry] as const)),
);

/** Names of every type that is known, for did-you-mean. */
export const knownBackEnds: readonly string[] = [...known.keys()];
