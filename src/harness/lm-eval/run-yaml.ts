import { resolve } from 'node:path';
import { type ScalarTag, stringify } from 'yaml';
import { SkiagramError } from '../../base/error.ts';
import type { LmEvalSettings } from './settings.ts';

/** Where one run reads and writes; all absolute in the file. */
export interface LmEvalPlaces {
  readonly checkpointPath: string;
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
  refuse(settings);
  const { dtype } = settings;
  const run = {
    model: settings.model,
    model_args: {
      ...settings.modelArgs,
      pretrained: resolve(places.checkpointPath),
      ...(dtype === undefined ? {} : { dtype }),
    },
    tasks: [...settings.tasks],
    include_path: settings.includePath === undefined ? undefined : resolve(settings.includePath),
    num_fewshot: settings.numFewshot,
    batch_size: settings.batchSize ?? 1,
    device: settings.device ?? 'cpu',
    limit: settings.limit,
    samples: settings.samples === undefined ? undefined : chosenSamples(settings.samples),
    seed: settings.seed,
    apply_chat_template: settings.applyChatTemplate,
    gen_kwargs: settings.genKwargs,
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

const secretKeys = /^(?:.*_)?(?:api_?key|password|secret|auth_token|access_token|hf_token)$|^token$/i;

function refuse({ suite, tasks, modelArgs = {}, dtype, limit, samples }: LmEvalSettings): void {
  if (tasks.length === 0)
    throw new SkiagramError({
      code: 'settings-conflict',
      message: `Suite '${suite}' names no task.`,
      hint: 'List at least one under `tasks`; `skiagram list tasks` shows them.',
    });
  if (samples !== undefined && limit !== undefined)
    throw new SkiagramError({
      code: 'settings-conflict',
      message: `Suite '${suite}' sets limit, but an adaptive evaluation chooses the items itself.`,
      hint: 'Remove `limit`, or evaluate without `adaptive`.',
    });
  // lm-eval takes "no items" to mean all of them.
  const whole = samples && tasks.find((task) => (samples[task]?.length ?? 0) === 0);
  if (whole !== undefined) throw new Error(`no items were chosen for task ${whole}`);
  if ('pretrained' in modelArgs)
    throw new SkiagramError({
      code: 'settings-conflict',
      message: `Suite '${suite}' sets model_args.pretrained, but the checkpoint decides which weights are scored.`,
      hint: 'Remove `pretrained` from `model_args`.',
    });
  if (dtype !== undefined && modelArgs.dtype !== undefined && modelArgs.dtype !== dtype)
    throw new SkiagramError({
      code: 'settings-conflict',
      message: `Suite '${suite}' asks for dtype ${dtype} and for model_args.dtype ${String(modelArgs.dtype)}.`,
      hint: 'Keep one of the two.',
    });
  const secret = Object.keys(modelArgs).find((key) => secretKeys.test(key));
  if (secret !== undefined)
    throw new SkiagramError({
      code: 'settings-secret',
      message: `Suite '${suite}' has a secret in model_args.${secret}; lm-eval writes model_args into its results.`,
      hint: 'Pass it through the environment instead, e.g. HF_TOKEN.',
    });
}
