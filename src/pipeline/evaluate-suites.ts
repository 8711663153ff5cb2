import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import type { TaxonomyRules } from '../families/resolve-taxonomy.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { RawRuns } from '../harness/raw-runs.ts';
import { evaluateAdaptively } from './adaptive/evaluate-adaptively.ts';
import { type Outcome, type RunContext, runStage } from './context.ts';
import { deviceSlots } from './device-slots.ts';
import { evaluateSuite, type SuiteJob } from './evaluate-suite.ts';
import { harnessFor } from './find-harness.ts';
import { importSuite } from './import-suite.ts';
import { readRecorded } from './read-recorded.ts';
import { writeScores } from './write-scores.ts';

/**
 * Checkpoints -> scores: each suite of the config on each checkpoint, one harness process for all its tasks, and one process at
 * a time on each device. Suites with `recorded` are read instead of run. What an earlier run of the same weights, tasks
 * and settings finished is kept.
 */
export async function evaluateSuites(
  context: RunContext,
  opened: ReadonlyMap<string, Outcome<Checkpoint>>,
  python: string | undefined,
  taxonomy: TaxonomyRules,
): Promise<Map<string, Outcome<RawRuns>>> {
  if ((context.loaded.config.suites ?? []).length === 0) return new Map();
  const harness = harnessFor(python, context.loaded.folder);
  const slots = deviceSlots();
  if (context.loaded.config.adaptive) return evaluateAdaptively(context, opened, taxonomy, { harness, slots });
  // An error that no other stage can outlive stops the other checkpoints too, before it is passed on.
  const stop = new AbortController();
  const together = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
  const jobs = [...opened].flatMap(([id, checkpoint]): CheckpointJob[] => {
    const job = { context: together, id, harness, slots };
    if ('value' in checkpoint) return [{ ...job, checkpoint: checkpoint.value }];
    return checkpoint.error.code === 'no-weights' ? [{ ...job, checkpoint: undefined }] : [];
  });
  const ended = await Promise.allSettled(
    jobs.map(async (job) => {
      try {
        return [job.id, await evaluateCheckpoint(job)] as const;
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    }),
  );
  if (stop.signal.aborted) throw stop.signal.reason;
  return new Map(ended.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
}

/** One checkpoint, whose weights may not be here: then its scores are only read. */
type CheckpointJob = Omit<SuiteJob, 'suite' | 'checkpoint'> & { readonly checkpoint: Checkpoint | undefined };

/** All suites on one checkpoint -> `scores/<id>.json`. One that fails does not stop the others: they are kept for the next try. */
async function evaluateCheckpoint(job: CheckpointJob): Promise<Outcome<RawRuns>> {
  const { context, id } = job;
  const outcome = await runStage(context, 'scores', id, async () => {
    const ended = await Promise.allSettled((context.loaded.config.suites ?? []).map((suite) => scoresOf(job, suite)));
    const failed = ended.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    const results = ended.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    const runs: RawRuns = { schemaVersion: '1.0', runs: results.map(({ run }) => run) };
    await writeScores(context.folder, id, runs);
    return { value: runs, reused: results.every(({ reused }) => reused) };
  });
  const stage = context.stages.findLast((entry) => entry.stage === 'scores' && entry.subject === id);
  context.progress.update({
    stage: 'harness',
    subject: id,
    state: 'error' in outcome ? 'failed' : stage?.outcome === 'reused' ? 'reused' : 'done',
    ...('error' in outcome ? { text: outcome.error.message } : {}),
  });
  return outcome;
}

/** What a suite says of a checkpoint: run now, recorded by an earlier run of the harness, or made by another one. */
async function scoresOf(job: CheckpointJob, suite: SuiteJob['suite']): Promise<{ run: RawRun; reused: boolean }[]> {
  const { context, id } = job;
  if (suite.harness === 'import') return (await importSuite(context, id, suite)).map((run) => ({ run, reused: false }));
  if (suite.recorded === undefined) {
    if (job.checkpoint === undefined) throw new Error('unreachable: checkConfig refuses to run what has no path');
    return [await evaluateSuite({ ...job, checkpoint: job.checkpoint, suite })];
  }
  return [{ run: await readRecorded(context.loaded.folder, suite.recorded, suite.id, job), reused: false }];
}
