import { SkiagramError } from '../../base/error.ts';
import { redact } from '../../process/redact.ts';
import { backEnd } from './back-ends.ts';
import type { LmEvalSettings } from './settings.ts';

/** Model arguments that choose weights; where Skiagram hands them over, nothing else may. */
const weightKeys = ['pretrained', 'peft', 'delta', 'lora_local_path', 'subfolder', 'revision', 'gguf_file'] as const;

/** Keys of lm-eval's config file that Skiagram writes itself, each with what to use instead. */
export const ownedKeys: Readonly<Record<string, string>> = {
  model: '`model` of the suite',
  model_args: '`model_args` of the suite',
  tasks: '`tasks` of the suite',
  include_path: '`include_path` of the suite',
  num_fewshot: '`num_fewshot` of the suite',
  batch_size: '`batch_size` of the suite',
  max_batch_size: '`max_batch_size` of the suite',
  device: '`device` of the suite',
  limit: '`limit` of the suite',
  seed: '`seed` of the suite',
  apply_chat_template: '`apply_chat_template` of the suite',
  system_instruction: '`system_instruction` of the suite',
  fewshot_as_multiturn: '`fewshot_as_multiturn` of the suite',
  gen_kwargs: '`gen_kwargs` of the suite',
  trust_remote_code: '`trust_remote_code` of the suite',
  confirm_run_unsafe_code: '`unsafe_code` of the suite',
  config: 'the suite itself',
  samples: '`limit` of the suite',
  output_path: 'nothing: results lie in the run folder',
  log_samples: 'nothing: samples are always kept',
  use_cache: 'nothing: answers are always kept',
  metadata: 'nothing: it carries the fingerprint of the weights',
  predict_only: 'nothing: it writes scores that are none',
};

/**
 * Refuses settings that contradict each other, name other weights than the checkpoint's, or hold a secret.
 *
 * @throws SkiagramError `settings-conflict`, `settings-secret`
 */
export function refuseSettings(settings: LmEvalSettings): void {
  const { suite, tasks, model, modelArgs = {}, dtype, more = {}, seed } = settings;
  if (tasks.length === 0)
    throw conflict(
      `Suite '${suite}' names no task.`,
      'List at least one under `tasks`; `lm-eval ls tasks` shows them.',
    );
  if (settings.samples !== undefined && settings.limit !== undefined)
    throw conflict(
      `Suite '${suite}' sets limit, but an adaptive evaluation chooses the items itself.`,
      'Remove `limit`, or evaluate without `adaptive`.',
    );
  // lm-eval takes "no items" to mean all of them.
  const whole = settings.samples && tasks.find((task) => (settings.samples?.[task]?.length ?? 0) === 0);
  if (whole !== undefined) throw new Error(`no items were chosen for task ${whole}`);
  const type = backEnd(model);
  const weights = [type.argument, ...(type.kind === 'server' ? [] : weightKeys)].find(
    (key) => key !== undefined && key in modelArgs,
  );
  if (weights !== undefined && type.kind !== 'unknown')
    throw conflict(
      `Suite '${suite}' sets model_args.${weights}, but the checkpoint decides which weights are scored.`,
      `Remove \`${weights}\` from \`model_args\`.`,
    );
  if (dtype !== undefined && modelArgs.dtype !== undefined && modelArgs.dtype !== dtype)
    throw conflict(
      `Suite '${suite}' asks for dtype ${dtype} and for model_args.dtype ${String(modelArgs.dtype)}.`,
      'Keep one of the two.',
    );
  if (Array.isArray(seed) && seed.length !== 4)
    throw conflict(
      `Suite '${suite}' has ${seed.length} seeds; lm-eval takes one, or four for python, numpy, torch and few-shot.`,
      'Give one number or four.',
    );
  if (settings.fewshotAsMultiturn === true && !settings.applyChatTemplate)
    throw conflict(
      `Suite '${suite}' wants few-shot examples as turns of a conversation, but applies no chat template.`,
      'Set `apply_chat_template: true` as well.',
    );
  const owned = Object.keys(more).find((key) => Object.hasOwn(ownedKeys, key));
  if (owned !== undefined)
    throw conflict(`Suite '${suite}' sets config.${owned}, which Skiagram writes.`, `Use ${ownedKeys[owned]}.`);
  for (const [place, value] of [
    ['model_args', modelArgs],
    ['gen_kwargs', settings.genKwargs],
    ['config', more],
  ] as const) {
    const secret = secretIn(value, place);
    if (secret === undefined) continue;
    throw new SkiagramError({
      code: 'settings-secret',
      message: `Suite '${suite}' has a secret in ${secret}; lm-eval writes its settings into its results.`,
      hint: 'Pass it through the environment instead, e.g. HF_TOKEN or OPENAI_API_KEY.',
    });
  }
}

const secretKeys =
  /^(?:.*[_-])?(?:api[_-]?key|password|secret|auth[_-]token|access[_-]token|hf[_-]token|authorization)$|^token$/i;

/** Where in `value` a secret is, by the name of its key or by its look; undefined where there is none. */
function secretIn(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return redact(value) === value ? undefined : place;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const here = Array.isArray(value) ? `${place}[${key}]` : `${place}.${key}`;
    if (secretKeys.test(key) && inner !== null) return here;
    const found = secretIn(inner, here);
    if (found !== undefined) return found;
  }
  return undefined;
}

function conflict(message: string, hint: string): SkiagramError {
  return new SkiagramError({ code: 'settings-conflict', message, hint });
}
