import { resolve } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { SuiteConfig } from '../config/config.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRun } from '../harness/raw-run.ts';
import { RawRuns } from '../harness/raw-runs.ts';
import { harnesses } from '../harness/registry.ts';
import { Attestation } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { evaluateAdaptively } from './adaptive/evaluate-adaptively.ts';
import { type Outcome, type RunContext, runStage } from './context.ts';
import { evaluateSuite } from './evaluate-suite.ts';
import { harnessFor } from './find-harness.ts';

/**
 * Checkpoints -> scores: each suite of the config on each checkpoint, one harness process for all its tasks. Suites
 * with `recorded` are read instead of run. What an earlier run of the same weights, tasks and settings finished is kept.
 */
export async function evaluateSuites(
  context: RunContext,
  opened: ReadonlyMap<string, Outcome<Checkpoint>>,
  python: string | undefined,
  taxonomy: Taxonomy,
): Promise<Map<string, Outcome<RawRuns>>> {
  const suites = context.loaded.config.suites ?? [];
  const scores = new Map<string, Outcome<RawRuns>>();
  if (suites.length === 0) return scores;
  const harness = harnessFor(python, context.loaded.folder);
  if (context.loaded.config.adaptive) return evaluateAdaptively(context, opened, taxonomy, harness);
  for (const [id, checkpoint] of opened) {
    if ('error' in checkpoint) continue;
    const outcome = await runStage(context, 'scores', id, async () => {
      const results: { run: RawRun; reused: boolean }[] = [];
      for (const suite of suites)
        results.push(
          suite.recorded === undefined
            ? await evaluateSuite(context, id, checkpoint.value, suite, harness)
            : await readRecorded(context, id, checkpoint.value, suite, suite.recorded),
        );
      const runs: RawRuns = { schemaVersion: '1.0', runs: results.map((result) => result.run) };
      await context.folder.write(RawRuns, `scores/${id}.json`, runs);
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

function otherWeights(id: string, folder: string, scored: string, opened: string): SkiagramError {
  return new SkiagramError({
    code: 'fingerprint-mismatch',
    message: `The recorded scores in ${folder} belong to other weights than checkpoint "${id}": the scores carry fingerprint ${scored}, the checkpoint has ${opened}.`,
    hint: 'Evaluate this checkpoint again, or point the suite at the results of these very weights.',
  });
}
