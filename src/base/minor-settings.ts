/**
 * Settings that may differ between two runs that are compared, with the reason. They decide how fast and where the same
 * computation runs; what they move is the order in which floating-point numbers are added. Whatever is not here decides
 * what a score means, and a gain over it is refused.
 *
 * Not here, on purpose: `dtype` and quantisation (other weights), seeds (other examples in the prompt), lengths (other
 * truncation), and the back end `model`: lm-eval's `hf` and `vllm` differ in truncation and in how they begin a text, and
 * a server applies a chat template of its own.
 */
const minor: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    'how many items run at once': [
      ...['batch_size', 'max_batch_size', 'num_concurrent', 'max_connections', 'adaptive_connections', 'concurrency'],
      ...['max_num_seqs', 'max_num_batched_tokens', 'max_concurrent_requests', 'batched_requests'],
    ],
    'on which and how many devices': [
      ...['device', 'device_map', 'device_map_option', 'parallelize', 'gpus', 'accelerate'],
      ...['tensor_parallel_size', 'pipeline_parallel_size', 'data_parallel_size', 'tp_size', 'pp_size', 'dp_size'],
      ...['distributed_executor_backend', 'expert_parallel_size', 'enable_expert_parallel'],
    ],
    'how memory is used': [
      ...['gpu_memory_utilization', 'gpu_memory_utilisation', 'mem_fraction_static', 'max_memory_per_gpu'],
      ...['max_cpu_memory', 'offload_folder', 'cpu_offload_gb', 'swap_space', 'low_cpu_mem_usage'],
      ...['enable_prefix_caching', 'enable_chunked_prefill', 'logits_cache', 'use_cache', 'cache', 'cache_prompt'],
    ],
    'which kernels compute the same function': [
      ...['attn_implementation', 'use_flash_attention_2', 'attention_backend', 'enforce_eager', 'compile'],
      ...['disable_cuda_graph', 'disable_custom_all_reduce', 'use_fast_tokenizer'],
    ],
    'versions of libraries below the harness': ['transformers_version', 'torch_version', 'vllm_version'],
    'how often a request is tried': ['max_retries', 'timeout', 'attempt_timeout', 'verify_certificate'],
    'leave to run code': ['trust_remote_code', 'confirm_run_unsafe_code'],
  }).map(([reason, names]) => [reason, new Set(names)]),
);

/**
 * May this setting differ between two runs that are compared? Then it is named as a caution beside the gain.
 *
 * @param name as the reader gives it; what stands before the last dot (`model_args.`, `generate.`) says only where it was set
 */
export function isMinor(name: string): boolean {
  const own = name.slice(name.lastIndexOf('.') + 1);
  return [...minor.values()].some((names) => names.has(own));
}
