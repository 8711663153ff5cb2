import { setImmediate } from 'node:timers/promises';
import type { ErrorInfo } from '../base/error.ts';
import type { Checkpoint } from '../checkpoint/checkpoint.ts';
import { Dossier } from '../dossier/dossier.ts';
import { type CheckpointInput, joinDossier } from '../dossier/join.ts';
import type { StepPair } from '../dossier/trajectory-steps.ts';
import { assignTasks } from '../families/assign-tasks.ts';
import type { TaxonomyRules } from '../families/resolve-taxonomy.ts';
import { findAll } from '../findings/find.ts';
import { Findings } from '../findings/finding.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { RawRuns } from '../harness/raw-runs.ts';
import { decideOne } from '../verdict/decide.ts';
import { Verdict } from '../verdict/verdict.ts';
import { consecutive } from './consecutive.ts';
import { constantsOf, type Outcome, type RunContext, throwIfStopped } from './context.ts';
import type { Diagnoses } from './diagnose-checkpoints.ts';
import { coarseFamilies } from './load-taxonomy.ts';

/** What the earlier stages left, by checkpoint id. */
export interface StageResults {
  readonly opened: ReadonlyMap<string, Outcome<Checkpoint>>;
  readonly diagnoses: Diagnoses;
  readonly scores: ReadonlyMap<string, Outcome<RawRuns>>;
  readonly taxonomy: TaxonomyRules;
}

/** Artifacts of both branches -> dossier -> findings -> verdict, all written. */
export async function joinArtifacts(
  context: RunContext,
  results: StageResults,
): Promise<{ dossier: Dossier; findings: Findings; verdict: Verdict }> {
  const { config } = context.loaded;
  context.progress.update({
    stage: 'join',
    subject: 'scores and weights',
    state: 'running',
    text: 'gains of families beside changes of weights',
  });
  const runs = config.checkpoints.map(({ id }) => valueFrom(results.scores.get(id))?.runs ?? []);
  const taxonomy = assignTasks(results.taxonomy, runs);
  const dossier = joinDossier({
    title: config.title ?? 'Skiagram report',
    seed: config.seed ?? 0,
    constants: constantsOf(context),
    taxonomy,
    trajectory: { reference: config.trajectory?.reference, pairs: stepPairs(context, results.diagnoses) },
    checkpoints: config.checkpoints.map(({ id }, index) =>
      checkpointInput(context, results, id, taxonomy.runs[index] ?? []),
    ),
  });
  const findings = findAll(dossier);
  const verdict = await decideAll(context, dossier, findings);
  context.progress.update({ stage: 'join', subject: 'scores and weights', state: 'done' });
  await context.folder.write(Dossier, 'dossier.json', dossier);
  await context.folder.write(Findings, 'findings.json', findings);
  await context.folder.write(Verdict, 'verdict.json', verdict);
  return { dossier, findings, verdict };
}

/** Verdicts with a breath between them, so that they show, and so that Ctrl-C is heard. */
async function decideAll(context: RunContext, dossier: Dossier, findings: Findings): Promise<Verdict> {
  const comparisons: Verdict['comparisons'] = [];
  const total = dossier.comparisons.length;
  const coarse = await coarseFamilies();
  for (const comparison of dossier.comparisons) {
    context.progress.update({
      stage: 'join',
      subject: 'scores and weights',
      state: 'running',
      done: comparisons.length,
      total,
      text: `verdict of ${comparison.checkpoint} against ${comparison.base}, and what would change it`,
    });
    await setImmediate();
    throwIfStopped(context.signal);
    comparisons.push(decideOne(comparison, dossier, findings, { coarse }));
  }
  return { schemaVersion: '1.0', comparisons };
}

function checkpointInput(
  context: RunContext,
  results: StageResults,
  id: string,
  runs: readonly RawRun[],
): CheckpointInput {
  const { config } = context.loaded;
  const entry = config.checkpoints.find((checkpoint) => checkpoint.id === id);
  const checkpoint = results.opened.get(id);
  const scores = results.scores.get(id);
  const stages: [string, Outcome<unknown> | undefined][] = [
    ['checkpoint', checkpoint],
    ['diagnostics', results.diagnoses.single.get(id)],
    ['pair', results.diagnoses.pairs.get(id)],
    ['step-pair', stepOf(results.diagnoses, id)],
    ['scores', scores],
  ];
  const errors = stages.flatMap(([stage, outcome]): { stage: string; error: ErrorInfo }[] =>
    outcome && 'error' in outcome ? [{ stage, error: outcome.error }] : [],
  );
  const opened = valueFrom(checkpoint);
  return {
    id,
    base: entry?.base ?? null,
    condition: entry?.condition ?? null,
    step: entry?.step ?? null,
    path: entry?.path ?? '',
    artifact: opened,
    diagnosis: valueFrom(results.diagnoses.single.get(id)),
    pair: valueFrom(results.diagnoses.pairs.get(id)),
    runs,
    unattestedSuites: (config.suites ?? []).filter((suite) => suite.unattested === true).map((suite) => suite.id),
    errors,
  };
}

/** The pair with the checkpoint before, where that is not the base. */
function stepOf({ steps, pairs }: Diagnoses, id: string): Outcome<unknown> | undefined {
  const step = steps.get(id);
  return step === pairs.get(id) ? undefined : step;
}

function stepPairs(context: RunContext, { steps }: Diagnoses): StepPair[] {
  return consecutive(context.loaded.config.checkpoints).flatMap(({ condition, earlier, later }) => {
    const pair = valueFrom(steps.get(later.id));
    return pair ? [{ condition, from: earlier.step, to: later.step, pair }] : [];
  });
}

function valueFrom<T>(outcome: Outcome<T> | undefined): T | undefined {
  return outcome && 'value' in outcome ? outcome.value : undefined;
}
