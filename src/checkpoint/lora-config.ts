import { SkiagramError } from '../base/error.ts';

/** What an adapter_config.json says of the updates. */
export interface LoraConfig {
  /** Path or hub id of the base. */
  readonly base: string | undefined;
  /** True where the base stores its matrices [in, out], so that B A is added transposed. */
  readonly turned: boolean;
  /** α/r, or α/√r for rank-stabilised LoRA, by the name of the updated weight and the rank of its factors. */
  readonly factorOf: (target: string, rank: number) => number;
}

/** Ways to start that change the base as well, so that the base as published plus the update is another model. */
const changesBase = /^(pissa|olora|corda|loftq)/;

/**
 * Reads the settings of a LoRA adapter (PEFT). Throws `adapter-unsupported` for other kinds of adapter and for variants whose
 * update is not factor · B A on the base as it is, and `config-corrupt` for missing numbers.
 */
export function loraConfig(config: Readonly<Record<string, unknown>>, folder: string): LoraConfig {
  if (config.peft_type !== 'LORA') throw refusedAdapter(folder, `its kind is ${shown(config.peft_type)}`);
  if (config.use_dora === true) throw refusedAdapter(folder, 'it is a DoRA (use_dora)');
  if (config.use_qalora === true) throw refusedAdapter(folder, 'it is a QA-LoRA (use_qalora)');
  for (const key of ['layer_replication', 'target_parameters', 'alora_invocation_tokens'])
    if (Array.isArray(config[key]) && config[key].length > 0) throw refusedAdapter(folder, `it sets ${key}`);
  const start = config.init_lora_weights;
  if (typeof start === 'string' && changesBase.test(start))
    throw refusedAdapter(folder, `it was started with ${start}, which changes the base too`);
  const [alpha, rank] = [positive(config.lora_alpha), positive(config.r)];
  if (alpha === undefined || rank === undefined)
    throw new SkiagramError({
      code: 'config-corrupt',
      message: `${folder}/adapter_config.json: lora_alpha is ${shown(config.lora_alpha)} and r is ${shown(config.r)}, not two positive numbers.`,
      hint: 'Fetch or save the adapter again.',
    });
  const stabilised = config.use_rslora === true;
  return {
    base: typeof config.base_model_name_or_path === 'string' ? config.base_model_name_or_path : undefined,
    turned: config.fan_in_fan_out === true,
    factorOf: (target, own) => {
      const module = target.replace(/\.weight$/, '');
      const expected = patterned(config.rank_pattern, module) ?? rank;
      if (own !== expected)
        throw refusedAdapter(folder, `its update of "${target}" has rank ${own}, its settings say ${expected}`);
      return (patterned(config.alpha_pattern, module) ?? alpha) / (stabilised ? Math.sqrt(own) : own);
    },
  };
}

/** The number of the entry whose key is the module's name or ends it. Keys that are regular expressions are not read as such. */
function patterned(pattern: unknown, module: string): number | undefined {
  if (typeof pattern !== 'object' || pattern === null) return undefined;
  for (const [key, value] of Object.entries(pattern))
    if (module === key || module.endsWith(`.${key}`)) return positive(value);
  return undefined;
}

/** The error of an adapter that is not a plain LoRA. */
export function refusedAdapter(where: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'adapter-unsupported',
    message: `${where}: ${what}; only plain LoRA adapters are read.`,
    hint: 'Merge the adapter into its base (merge_and_unload in PEFT), save that, and give the merged checkpoint.',
  });
}

function positive(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 60);
}
