import { own } from '../lm-eval/shape.ts';
import type { RawRun } from '../raw-run.ts';
import { isPlace } from '../source/is-place.ts';
import type { LightevalResults } from './results-file.ts';

/** Keys of the model's configuration that may change a score. */
const modelKeys = ['dtype', 'batch_size', 'max_length', 'max_model_length', 'seed', 'system_prompt'].concat([
  'use_chat_template',
  'override_chat_template',
  'add_special_tokens',
  'multichoice_continuations_start_space',
]);

/** How a run was made, as far as it may change scores and the file says; unset generation arguments are left out. */
export function runSettings({ config_general: general }: LightevalResults): RawRun['settings'] {
  const model = general.model_config;
  const generation = own(model, 'generation_parameters');
  const entries: [string, unknown][] = [
    ['limit', general.max_samples],
    ['num_fewshot_seeds', general.num_fewshot_seeds],
    ['dtype', own(model, 'dtype') ?? general.model_dtype],
    ...modelKeys.slice(1).map((key): [string, unknown] => [key, own(model, key)]),
  ];
  const given = Object.entries((generation ?? {}) as object).filter(([, value]) => value !== null);
  return Object.fromEntries(
    [...entries, ...given.map(([key, value]): [string, unknown] => [`generation.${key}`, value])]
      .filter(([, value]) => !isPlace(value))
      .map(([key, value]) => [key, scalar(value)]),
  );
}

function scalar(value: unknown): RawRun['settings'][string] {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
