import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import type { SuiteConfig } from '../config/config.ts';
import type { LmEvalSettings } from '../harness/lm-eval/settings.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { RawRuns } from '../harness/raw-runs.ts';
import { harnesses } from '../harness/registry.ts';
import { Attestation } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { type Outcome, type RunContext, runStage } from './context.ts';
import { type Harness, harnessFor } from './find-harness.ts';
import { harnessText } from './harness-text.ts';
import { importSuite } from './import-suite.ts';
import { howToOpen } from './open-checkpoints.ts';
import { hashOf, hashOfFolder } from './settings-hash.ts';
import { writeScores } from './write-scores.ts';

/**
 * Checkpoints -> scores: each suite of the config on each checkpoint, one harness process for all its tasks. Suites
 * with `recorded` are read instead of run. What an earlier run of the same weights, tasks and settings finished is kept.
 */
export async function evaluateSuites(
  context: RunContext,
  opened: ReadonlyMap<string, Outcome<Checkpoint>>,
  python: string | undefined,
): Promise<Map<string, Outcome<RawRuns>>> {
  const suites = context.loaded.config.suites ?? [];
  const scores = new Map<string, Outcome<RawRuns>>();
  if (suites.length === 0) return scores;
  const harness = harnessFor(python, context.loaded.folder);
  for (const [id, checkpoint] of opened) {
    if ('error' in checkpoint) continue;
    const outcome = await runStage(context, 'scores', id, async () => {
      const results: { run: RawRun; reused: boolean }[] = [];
      for (const suite of suites) {
        if (suite.harness === 'import') {
          results.push(...(await importSuite(context, id, suite)).map((run) => ({ run, reused: false })));
          continue;
        }
        results.push(
          suite.recorded === undefined
            ? await evaluate(context, id, checkpoint.value, suite, harness)
            : await readRecorded(context, id, checkpoint.value, suite, suite.recorded),
        );
      }
      const runs: RawRuns = { schemaVersion: '1.0', runs: results.map((result) => result.run) };
      await writeScores(context.folder, id, runs);
      return { value: runs, reused: results.every((result) => result.reused) };
    });
    const last = context.stages.at(-1);
    context.progress.update({
      stage: 'harness',
      subject: id,
      state: 'error' in outcome ? 'failed' : last?.outcome === 'reused' ? 'reused' : 'done',
      ...('error' in outcome ? { text: outcome.error.message } : {}),
    });
    scores.set(id, outcome);
  }
  return scores;
}

/** Runs one suite on one checkpoint, or reads back what an earlier run of the same weights and settings left. */
async function evaluate(
  context: RunContext,
  id: string,
  checkpoint: Checkpoint,
  suite: SuiteConfig,
  harness: () => Promise<Harness>,
): Promise<{ run: RawRun; reused: boolean }> {
  const { folder, signal, loaded } = context;
  const settings = lmEvalSettings(suite, loaded.folder, loaded.config.offline ?? false);
  const { python, version } = await harness();
  const settingsHash = hashOf({
    ...settings,
    includePath: settings.includePath === undefined ? null : await hashOfFolder(settings.includePath),
    version,
  });
  const place = `harness/${id}/${suite.id}`;
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
    cacheDir: folder.path('harness', 'answers', hashOf([checkpoint.fingerprint, settingsHash]).slice(0, 16)),
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
  await folder.journal.append('evaluated', `${id}/${suite.id}`);
  return { run, reused: false };
}

/** Reads the results of an earlier run; the attestation beside them says which weights they belong to. */
async function readRecorded(
  context: RunContext,
  id: string,
  checkpoint: Checkpoint,
  suite: SuiteConfig,
  recorded: string,
): Promise<{ run: RawRun; reused: boolean }> {
  const folder = resolve(context.loaded.folder, recorded.replaceAll('{checkpoint}', id));
  const attestation = await RunFolder.at(folder).read(Attestation, 'attestation.json');
  if (attestation && attestation.fingerprint !== checkpoint.fingerprint)
    throw otherWeights(id, folder, attestation.fingerprint, checkpoint.fingerprint);
  const run = await harnesses['lm-eval'].read(folder, {
    suite: suite.id,
    fingerprint: attestation?.fingerprint ?? null,
  });
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

function otherWeights(id: string, folder: string, scored: string, opened: string): SkiagramError {
  return new SkiagramError({
    code: 'fingerprint-mismatch',
    message: `The recorded scores in ${folder} belong to other weights than checkpoint "${id}": the scores carry fingerprint ${scored}, the checkpoint has ${opened}.`,
    hint: 'Evaluate this checkpoint again, or point the suite at the results of these very weights.',
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
