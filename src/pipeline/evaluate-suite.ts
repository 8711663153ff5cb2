import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import type { SuiteConfig } from '../config/config.ts';
import type { LmEvalSettings } from '../harness/lm-eval/settings.ts';
import type { RawRun } from '../harness/raw-run.ts';
import { harnesses } from '../harness/registry.ts';
import { Attestation } from '../store/manifest.ts';
import type { RunContext } from './context.ts';
import type { Harness } from './find-harness.ts';
import { harnessText } from './harness-text.ts';
import { howToOpen } from './open-checkpoints.ts';
import { hashOf, hashOfFolder } from './settings-hash.ts';

/** A part of a suite that is run by itself: some tasks, some of their items. */
export interface SuitePart {
  /** Folder under the suite's own. */
  readonly name: string;
  readonly settings: Pick<LmEvalSettings, 'tasks' | 'samples' | 'limit'> | Pick<LmEvalSettings, 'limit'>;
}

/**
 * Runs one suite, or a part of one, on one checkpoint, or reads back what an earlier run of the same weights and
 * settings left.
 */
export async function evaluateSuite(
  context: RunContext,
  id: string,
  checkpoint: Checkpoint,
  suite: SuiteConfig,
  harness: () => Promise<Harness>,
  part?: SuitePart,
): Promise<{ run: RawRun; reused: boolean }> {
  const { folder, signal, loaded } = context;
  const whole = lmEvalSettings(suite, loaded.folder, loaded.config.offline ?? false);
  const { python, version } = await harness();
  const surroundings = {
    includePath: whole.includePath === undefined ? null : await hashOfFolder(whole.includePath),
    version,
  };
  const settings = { ...whole, ...part?.settings };
  const settingsHash = hashOf({ ...settings, ...surroundings });
  const place = [`harness/${id}/${suite.id}`, ...(part ? [part.name] : [])].join('/');
  // Answers to single requests are the same whichever part they are asked in.
  const answers = hashOf([checkpoint.fingerprint, hashOf({ ...whole, ...surroundings })]).slice(0, 16);
  const kept = await folder.read(Attestation, `${place}/attestation.json`).catch(() => undefined);
  if (kept?.fingerprint === checkpoint.fingerprint && kept.settingsHash === settingsHash) {
    return {
      run: await harnesses['lm-eval'].read(folder.path(place), {
        suite: suite.id,
        fingerprint: checkpoint.fingerprint,
      }),
      reused: true,
    };
  }
  await rm(folder.path(place), { recursive: true, force: true });
  await harnesses['lm-eval'].run({
    python,
    checkpointPath: checkpoint.local,
    settings,
    outputDir: folder.path(place),
    cacheDir: folder.path('harness', 'answers', answers),
    fingerprint: checkpoint.fingerprint,
    signal,
    onProgress: (progress) =>
      context.progress.update({ stage: 'harness', subject: id, state: 'running', ...harnessText(progress) }),
  });
  await confirmUnchanged(context, checkpoint, id);
  const run = await harnesses['lm-eval'].read(folder.path(place), {
    suite: suite.id,
    fingerprint: checkpoint.fingerprint,
  });
  await folder.write(Attestation, `${place}/attestation.json`, {
    schemaVersion: '1.0',
    checkpoint: id,
    suite: suite.id,
    fingerprint: checkpoint.fingerprint,
    settingsHash,
  });
  await folder.journal.append('evaluated', [id, suite.id, ...(part ? [part.name] : [])].join('/'));
  return { run, reused: false };
}

/** The weights must be the same after the harness as before it: otherwise nobody knows which ones were scored. */
async function confirmUnchanged(context: RunContext, checkpoint: Checkpoint, id: string): Promise<void> {
  const { options } = await howToOpen(context, id);
  const after = await openCheckpoint(checkpoint.local, options);
  if (after.fingerprint === checkpoint.fingerprint) return;
  throw new SkiagramError({
    code: 'checkpoint-changed',
    message: `Checkpoint "${id}" changed while it was evaluated: fingerprint ${checkpoint.fingerprint} before, ${after.fingerprint} after.`,
    hint: 'Is training still writing to this folder? Copy the checkpoint and evaluate the copy.',
  });
}

function lmEvalSettings(suite: SuiteConfig, folder: string, offline: boolean): LmEvalSettings {
  const given = {
    modelArgs: suite.model_args,
    includePath: suite.include_path === undefined ? undefined : resolve(folder, suite.include_path),
    numFewshot: suite.num_fewshot,
    batchSize: suite.batch_size,
    device: suite.device,
    dtype: suite.dtype,
    limit: suite.limit,
    seed: suite.seed,
    applyChatTemplate: suite.apply_chat_template,
    genKwargs: suite.gen_kwargs as LmEvalSettings['genKwargs'],
    timeoutMs: suite.timeout_minutes === undefined ? undefined : suite.timeout_minutes * 60_000,
  };
  const present = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Partial<LmEvalSettings>;
  return { suite: suite.id, model: 'hf', tasks: suite.tasks ?? [], offline, ...present };
}
