import type { RawRun } from '../raw-run.ts';
import { isIdentity } from '../source/is-identity.ts';
import { isPlace } from '../source/is-place.ts';
import type { Results } from './results-file.ts';
import { maybeObject, maybeString, own } from './shape.ts';

type Setting = RawRun['settings'][string];

/** Model arguments that are settings of the run itself, under names of their own. */
const said = new Set(['dtype', 'device', 'batch_size']);

/** Names of one and the same back end of lm-eval. */
const sameBackEnd: Readonly<Record<string, string>> = { 'hf-auto': 'hf', huggingface: 'hf' };

/**
 * How a run was made, as far as it may change scores: what must agree before two runs are compared. Names that hold
 * places of a machine are left out, so two machines can be compared and nothing private is kept.
 */
export function runSettings(results: Results): RawRun['settings'] {
  const config = results.config;
  const args = modelArgs(own(config, 'model_args'));
  const generation = own(config, 'gen_kwargs');
  const settings: Record<string, Setting> = {
    model: backEnd(setting(own(config, 'model') ?? results.model_source)),
    dtype: dtype(own(config, 'model_dtype')) ?? dtype(args.dtype),
    batch_size: setting(own(config, 'batch_size')),
    device: setting(own(config, 'device')),
    limit: setting(own(config, 'limit')),
    gen_kwargs: isEmpty(generation) ? null : ordered(generation),
    random_seed: setting(own(config, 'random_seed')),
    numpy_seed: setting(own(config, 'numpy_seed')),
    torch_seed: setting(own(config, 'torch_seed')),
    fewshot_seed: setting(own(config, 'fewshot_seed')),
    chat_template_sha: maybeString(results.chat_template_sha),
    system_instruction_sha: maybeString(results.system_instruction_sha),
    fewshot_as_multiturn: setting(results.fewshot_as_multiturn),
    transformers_version: maybeString(results.transformers_version),
  };
  const more = Object.entries(args).filter(
    ([key, value]) => !isIdentity(key) && !said.has(key) && setting(value) !== null,
  );
  for (const [key, value] of more) if (!isPlace(value)) settings[`model_args.${key}`] = setting(value);
  return settings;
}

/** `model_args` as an object; older files hold the flag's text, `k=v,k=v`. */
export function modelArgs(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'string') return maybeObject(value) ?? {};
  const pairs = value.split(',').map((pair) => /^\s*([^=]+)=(.*)$/.exec(pair));
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1] ?? '', pair[2] ?? '']] : [])));
}

/** "torch.bfloat16" and "bfloat16" are one type; "auto" says nothing. */
function dtype(value: unknown): string | null {
  return typeof value === 'string' && value !== 'auto' ? value.replace(/^torch\./, '') : null;
}

function setting(value: unknown): Setting {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function backEnd(name: Setting): Setting {
  return typeof name === 'string' && Object.hasOwn(sameBackEnd, name) ? (sameBackEnd[name] ?? name) : name;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || Object.keys(Object(value)).length === 0;
}

/** JSON with the keys of the top object in order, so that equal settings are equal texts. */
function ordered(value: unknown): string {
  const object = maybeObject(value);
  return object === undefined
    ? JSON.stringify(value)
    : JSON.stringify(Object.fromEntries(Object.entries(object).sort(([one], [two]) => (one < two ? -1 : 1))));
}
