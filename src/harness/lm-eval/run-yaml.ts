import { resolve } from 'node:path';
import { type ScalarTag, stringify } from 'yaml';
import { backEnd } from './back-ends.ts';
import { refuseSettings } from './refuse-settings.ts';
import { includePaths, type LmEvalArgument, type LmEvalSettings } from './settings.ts';

/** Where one run reads and writes; all absolute in the file. */
export interface LmEvalPlaces {
  /** Model arguments that hand over the checkpoint (`weightArguments`). */
  readonly weights: Readonly<Record<string, string>>;
  /** What `{path}` and `{checkpoint}` in the user's model arguments stand for. */
  readonly names: { readonly path: string; readonly checkpoint?: string | undefined };
  /** Results land here as `results_<time>.json` and `samples_<task>_<time>.jsonl`. */
  readonly outputDir: string;
  /** Prefix of the answer cache; its key holds neither model nor dtype, so one prefix per checkpoint and settings. */
  readonly cachePrefix?: string | undefined;
  /** Written into every task's `metadata` in the results as `skiagram_<key>`. */
  readonly stamp?: Readonly<Record<string, string>> | undefined;
}

/**
 * The text for `lm_eval run --config`. A file, not flags: no quoting and no trouble with commas in paths.
 *
 * Strings are quoted and numbers spelt for YAML 1.1, which Python's reader speaks: unquoted, `no` would be false and
 * `1e-5` a string.
 *
 * @throws SkiagramError `settings-conflict`, `settings-secret`
 */
export function runYaml(settings: LmEvalSettings, places: LmEvalPlaces): string {
  refuseSettings(settings);
  const { dtype, seed } = settings;
  const include = includePaths(settings).map((folder) => resolve(folder));
  const run = {
    ...settings.more,
    model: settings.model,
    model_args: {
      ...(named(settings.modelArgs ?? {}, places.names) as Record<string, LmEvalArgument>),
      ...places.weights,
      ...(dtype === undefined ? {} : { dtype }),
    },
    tasks: [...settings.tasks],
    include_path: include.length > 1 ? include : include[0],
    num_fewshot: settings.numFewshot,
    batch_size: settings.batchSize ?? 1,
    max_batch_size: settings.maxBatchSize,
    device: deviceFor(settings),
    limit: settings.limit,
    // Before 0.4.13 lm-eval takes no single seed from a file.
    seed: typeof seed === 'number' ? [seed, seed, seed, seed] : seed,
    samples: settings.samples === undefined ? undefined : chosenSamples(settings.samples),
    apply_chat_template: settings.applyChatTemplate,
    system_instruction: settings.systemInstruction,
    fewshot_as_multiturn: settings.fewshotAsMultiturn,
    gen_kwargs: settings.genKwargs,
    confirm_run_unsafe_code: settings.unsafeCode,
    trust_remote_code: settings.trustRemoteCode,
    // A name that ends in .json keeps lm-eval from making a folder named after the checkpoint's whole path, which can
    // be longer than a file name may be; the results would then be lost with exit code 0.
    output_path: resolve(places.outputDir, 'results.json'),
    log_samples: true,
    use_cache: places.cachePrefix === undefined ? undefined : resolve(places.cachePrefix),
    metadata: Object.fromEntries(Object.entries(places.stamp ?? {}).map(([key, value]) => [`skiagram_${key}`, value])),
  };
  return stringify(run, {
    version: '1.1',
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    customTags: (tags) => [smallFloat, ...tags],
  });
}

/** Other back ends than transformers choose for themselves, and some refuse to be told: null keeps lm-eval's `cuda:0` from them. */
function deviceFor({ model, device }: LmEvalSettings): string | null {
  const { kind } = backEnd(model);
  if (kind === 'engine') return device?.replace(/^cuda:\d+$/, 'cuda') ?? null;
  return device ?? (kind === 'transformers' ? 'cpu' : null);
}

/**
 * lm-eval names the documents by their place in this list while it answers them in the task's order, so the list must
 * be in that order too. As JSON, since a task's name may mean something else to YAML.
 */
function chosenSamples(samples: Readonly<Record<string, readonly number[]>>): string {
  const ascending = Object.entries(samples).map(([task, items]) => [task, [...items].sort((one, two) => one - two)]);
  return JSON.stringify(Object.fromEntries(ascending));
}

/** PyYAML reads an exponent only after a decimal point: `1.0e-7`, not `1e-7`. */
const smallFloat: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number' && /^-?\d+e/.test(String(value)),
  test: /^[-+]?\d+\.0e[-+]\d+$/,
  resolve: Number,
  stringify: ({ value }) => String(value).replace('e', '.0e'),
};

/** Replaces `{path}` and `{checkpoint}` in every text of the user's model arguments. */
function named(value: LmEvalArgument, names: LmEvalPlaces['names']): LmEvalArgument {
  if (typeof value === 'string')
    return value
      .replaceAll('{path}', () => resolve(names.path))
      .replaceAll('{checkpoint}', (whole) => names.checkpoint ?? whole);
  if (Array.isArray(value)) return value.map((entry) => named(entry, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, named(inner as LmEvalArgument, names)]));
}
