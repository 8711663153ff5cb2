/**
 * Does an argument of this name say which weights were run or where, rather than how? Two checkpoints of one training
 * differ in it by their nature, so it is no setting that must agree; some of these also hold secrets or private places.
 *
 * A tokenizer is among them: a checkpoint saved without one borrows that of its base by name.
 *
 * @example `isIdentity('model_args.pretrained')` is true, `isIdentity('max_length')` is false
 */
export function isIdentity(name: string): boolean {
  const own = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return names.has(own) || /(?:^|_)(?:api_key|secret|password|credentials?|base_url|endpoint)$/.test(own);
}

const names: ReadonlySet<string> = new Set([
  // Weights.
  ...['pretrained', 'model', 'model_name', 'model_id', 'model_path', 'model_name_or_path', 'served_model_name'],
  ...['path', 'engine', 'load', 'checkpoint', 'checkpoint_path', 'ckpt', 'weights', 'gguf_file', 'subfolder'],
  ...['revision', 'model_revision', 'code_revision', 'hf_config_path', 'deployment', 'model_deployment'],
  ...['tokenizer', 'tokenizer_path', 'tokenizer_name', 'tokenizer_revision', 'processor'],
  // Adapters: the base has none.
  ...['peft', 'delta', 'delta_weights', 'adapter', 'adapter_path', 'adapter_weights', 'lora_path', 'lora_local_path'],
  ...['lora_name', 'lora_id', 'lora_modules', 'enable_lora', 'max_lora_rank', 'max_loras'],
  // Places and runs.
  ...['url', 'host', 'port', 'api_base', 'organization', 'cache_dir', 'download_dir', 'output_path', 'log_dir'],
  ...['token', 'hf_token', 'auth_token', 'access_token', 'api_token', 'user', 'headers', 'header'],
  ...['run_id', 'job_id', 'date', 'start_time', 'end_time', 'execution_command'],
]);
