import { resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { SuiteConfig } from '../config/config.ts';
import { backEnd } from '../harness/lm-eval/back-ends.ts';
import { includePaths, type LmEvalArgument, type LmEvalSettings } from '../harness/lm-eval/settings.ts';
import { hashOf, hashOfFolder } from './settings-hash.ts';

/** A suite of the config as lm-eval's settings for one checkpoint; paths in it are relative to `folder`. */
export function suiteSettings(
  suite: SuiteConfig,
  place: { readonly folder: string; readonly checkpoint: string; readonly offline: boolean },
): LmEvalSettings {
  const args = { ...suite.model_args, ...suite.checkpoint_args?.[place.checkpoint] };
  const include = suite.include_path === undefined ? undefined : [suite.include_path].flat();
  const given = {
    modelArgs: Object.keys(args).length === 0 ? undefined : (args as Record<string, LmEvalArgument>),
    includePath: include?.map((path) => resolve(place.folder, path)),
    numFewshot: suite.num_fewshot,
    batchSize: suite.batch_size,
    maxBatchSize: suite.max_batch_size,
    device: suite.device,
    dtype: suite.dtype,
    limit: suite.limit,
    seed: suite.seed,
    applyChatTemplate: suite.apply_chat_template,
    systemInstruction: suite.system_instruction,
    fewshotAsMultiturn: suite.fewshot_as_multiturn,
    genKwargs: suite.gen_kwargs as LmEvalSettings['genKwargs'],
    unsafeCode: suite.unsafe_code,
    trustRemoteCode: suite.trust_remote_code,
    more: suite.config as LmEvalSettings['more'],
    timeoutMs: suite.timeout_minutes === undefined ? undefined : suite.timeout_minutes * 60_000,
  };
  const present = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<LmEvalSettings>;
  return {
    suite: suite.id,
    model: suite.model ?? 'hf',
    tasks: suite.tasks ?? [],
    offline: place.offline,
    ...present,
  };
}

/**
 * SHA-256 of what decides the scores: the settings, the bytes of the task files, and the harness's version. Which of several
 * devices a checkpoint met, and how long it was given, is left out.
 */
export async function settingsHashOf(
  settings: LmEvalSettings,
  version: string,
  devices?: readonly string[],
): Promise<string> {
  const { timeoutMs: _timeout, device, ...deciding } = settings;
  const folders = await Promise.all(includePaths(settings).map(hashOfFolder));
  return hashOf({
    ...deciding,
    includePath: folders,
    device: devices === undefined ? (device ?? null) : [...devices].sort(),
    version,
  });
}

/**
 * Refuses a suite whose model arguments send two checkpoints to the same server: one model's answers would be counted for both.
 *
 * @throws SkiagramError `settings-conflict`
 */
export function refuseSharedServer(suite: SuiteConfig, checkpoints: readonly string[]): void {
  const model = suite.model ?? 'hf';
  if (suite.recorded !== undefined || backEnd(model).argument !== undefined) return;
  const asked = new Map<string, string>();
  for (const checkpoint of checkpoints) {
    const args = JSON.stringify({ ...suite.model_args, ...suite.checkpoint_args?.[checkpoint] });
    const key = /\{(?:checkpoint|path)\}/.test(args) ? checkpoint : args;
    const other = asked.get(key);
    if (other !== undefined)
      throw new SkiagramError({
        code: 'settings-conflict',
        message: `Suite "${suite.id}": model type "${model}" would be asked for "${other}" and for "${checkpoint}" with the same arguments, so one model would answer for both.`,
        hint: 'Write {checkpoint} into `model` or `base_url` of `model_args`, or give each its own `checkpoint_args`.',
      });
    asked.set(key, checkpoint);
  }
}
