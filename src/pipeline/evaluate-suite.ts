import { rm } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import type { SuiteConfig } from '../config/config.ts';
import { backEnd, isAttested } from '../harness/lm-eval/back-ends.ts';
import { hasChatTemplate } from '../harness/lm-eval/chat-template.ts';
import type { LmEvalSettings } from '../harness/lm-eval/settings.ts';
import type { RawRun } from '../harness/raw-run.ts';
import { harnesses } from '../harness/registry.ts';
import { Attestation } from '../store/manifest.ts';
import type { RunContext } from './context.ts';
import type { DeviceSlots } from './device-slots.ts';
import type { Harness } from './find-harness.ts';
import { harnessText } from './harness-text.ts';
import { howToOpen } from './open-checkpoints.ts';
import { hashOf } from './settings-hash.ts';
import { refuseSharedServer, settingsHashOf, suiteSettings } from './suite-settings.ts';

/** One suite on one checkpoint. */
export interface SuiteJob {
  readonly context: RunContext;
  readonly id: string;
  readonly checkpoint: Checkpoint;
  readonly suite: SuiteConfig;
  readonly harness: () => Promise<Harness>;
  readonly slots: DeviceSlots;
}

/** A part of a suite that is run by itself: some tasks, some of their items. */
export interface SuitePart {
  /** Folder under the suite's own. */
  readonly name: string;
  readonly settings: Pick<LmEvalSettings, 'tasks' | 'samples'> | Pick<LmEvalSettings, 'limit'>;
}

/**
 * Runs one suite, or a part of one, on one checkpoint when its device is free, or reads back what an earlier run of the same weights and settings
 * left. Scores of a back end that does not load the checkpoint itself carry no fingerprint.
 *
 * @throws SkiagramError as `runLmEval` and `readLmEval`; `checkpoint-changed` where the weights are others afterwards
 */
export async function evaluateSuite(job: SuiteJob, part?: SuitePart): Promise<{ run: RawRun; reused: boolean }> {
  const { context, id, checkpoint, suite } = job;
  const { folder, signal } = context;
  const { settings, answers, settingsHash, python, attested, place, kept } = await job.slots.inTurn(() =>
    prepare(job, part),
  );
  const fingerprint = attested ? checkpoint.fingerprint : null;
  const read = (): Promise<RawRun> => harnesses['lm-eval'].read(folder.path(place), { suite: suite.id, fingerprint });
  if (kept) return { run: await read(), reused: true };

  await job.slots.on(suite.devices ?? [settings.device ?? 'cpu'], (device) =>
    harnesses['lm-eval'].run({
      python,
      checkpointPath: checkpoint.local,
      basePath: checkpoint.localBase,
      checkpointId: id,
      settings: suite.devices === undefined ? settings : { ...settings, device },
      outputDir: folder.path(place),
      cacheDir: folder.path('harness', 'answers', answers),
      ...(fingerprint === null ? {} : { fingerprint }),
      signal,
      onProgress: (progress) =>
        context.progress.update({
          stage: 'harness',
          subject: id,
          state: 'running',
          ...harnessText(suite.id, progress),
        }),
    }),
  );
  const [run] = await Promise.all([read(), confirmUnchanged(context, checkpoint, id)]);
  await folder.write(Attestation, `${place}/attestation.json`, {
    schemaVersion: '1.0',
    checkpoint: id,
    suite: suite.id,
    fingerprint: checkpoint.fingerprint,
    settingsHash,
    ...(attested ? {} : { unattested: true as const }),
  });
  await folder.journal.append('evaluated', [id, suite.id, ...(part ? [part.name] : [])].join('/'));
  return { run, reused: false };
}

interface Prepared {
  readonly settings: LmEvalSettings;
  readonly settingsHash: string;
  /** Folder of the answer cache: answers to single requests are the same whichever part they are asked in. */
  readonly answers: string;
  readonly python: string;
  readonly attested: boolean;
  /** Folder of the harness's files, in the run folder. */
  readonly place: string;
  /** Did an earlier run finish this very thing? Else what it left is gone. */
  readonly kept: boolean;
}

async function prepare(job: SuiteJob, part: SuitePart | undefined): Promise<Prepared> {
  const { context, id, checkpoint, suite } = job;
  const { folder, loaded } = context;
  refuseSharedServer(
    suite,
    loaded.config.checkpoints.map((entry) => entry.id),
  );
  const { python, version } = await job.harness();
  const whole = suiteSettings(suite, {
    folder: loaded.folder,
    checkpoint: id,
    offline: loaded.config.offline ?? false,
  });
  const settings = { ...whole, ...part?.settings };
  const attested = isAttested(backEnd(settings.model));
  const settingsHash = await settingsHashOf(settings, version, suite.devices);
  const wholeHash = await settingsHashOf(whole, version, suite.devices);
  const answers = hashOf([id, checkpoint.fingerprint, wholeHash]).slice(0, 16);
  const place = [`harness/${id}/${suite.id}`, ...(part ? [part.name] : [])].join('/');
  const found = await folder.read(Attestation, `${place}/attestation.json`).catch(() => undefined);
  const kept = found?.fingerprint === checkpoint.fingerprint && found.settingsHash === settingsHash;
  if (!kept) {
    await warn(job, attested);
    await rm(folder.path(place), { recursive: true, force: true });
  }
  return { settings, settingsHash, answers, python, attested, place, kept };
}

/** What the user should know before hours of work, not after them. */
async function warn({ context, id, checkpoint, suite }: SuiteJob, attested: boolean): Promise<void> {
  if (!attested && suite.unattested !== true)
    context.progress.warn(
      `Suite "${suite.id}": model type "${suite.model}" does not load checkpoint "${id}" itself, so nobody vouches for which weights answer. These scores will not be joined with the weights unless the suite says \`unattested: true\`.`,
    );
  if (suite.apply_chat_template === undefined && (await hasChatTemplate(checkpoint.local)))
    context.progress.warn(
      `Suite "${suite.id}": the tokenizer of "${id}" has a chat template, which is not applied. Say \`apply_chat_template: true\`, or \`false\` to keep it so; scores with and without are not comparable.`,
    );
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
