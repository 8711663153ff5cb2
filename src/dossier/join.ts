import type { Constants } from '../base/constants.ts';
import { type ErrorInfo, toErrorInfo } from '../base/error.ts';
import { type Measured, ok } from '../base/measured.ts';
import type { CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import type { Diagnosis, PairDiagnosis } from '../diagnostics/diagnosis.ts';
import { recordedEngine } from '../diagnostics/recorded-diagnosis.ts';
import { linearRoles } from '../diagnostics/recorded-row.ts';
import { acrossSubjects } from '../families/across-subjects.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRun } from '../harness/raw-run.ts';
import type { Scale } from '../scores/scale.ts';
import { taskScore } from '../scores/task-score.ts';
import { attest } from './attest.ts';
import { compareScores } from './compare-scores.ts';
import type { Comparison, Dossier, DossierCheckpoint, ScoreRow } from './dossier.ts';
import { limitsOf } from './limits.ts';
import { measureRestructuring } from './restructuring.ts';
import { followTrajectories } from './trajectories.ts';
import type { StepPair } from './trajectory-steps.ts';

/** Everything that is known of one checkpoint; a stage that failed leaves its error instead of its artifact. */
export interface CheckpointInput {
  readonly id: string;
  readonly base: string | null;
  readonly condition: string | null;
  readonly step: number | null;
  /** As written in the config. */
  readonly path: string;
  readonly artifact: CheckpointArtifact | undefined;
  readonly diagnosis: Diagnosis | undefined;
  readonly pair: PairDiagnosis | undefined;
  readonly runs: readonly RawRun[];
  /** Suites whose scores may carry no fingerprint; they are joined and marked. */
  readonly unattestedSuites: readonly string[];
  readonly errors: readonly { readonly stage: string; readonly error: ErrorInfo }[];
}

export interface JoinInput {
  readonly title: string;
  readonly seed: number;
  readonly constants: Constants;
  readonly taxonomy: Taxonomy;
  readonly checkpoints: readonly CheckpointInput[];
  /** Reference run and compared consecutive checkpoints; left out where no condition has several. */
  readonly trajectory?: { readonly reference: string | undefined; readonly pairs: readonly StepPair[] };
  /** False: statistics that are only shown are left out (see AsymmetryOptions); for judging many comparisons. */
  readonly display?: boolean;
}

/**
 * Scores × weights -> dossier. Each comparison holds both branches for the same two fingerprints; a branch that could
 * not be had holds its error and the other one stays.
 * Throws `fingerprint-mismatch` or `scores-unattested` where scores belong to other weights.
 */
export function joinDossier(input: JoinInput): Dossier {
  const attestations = input.checkpoints.map((checkpoint) =>
    attest(checkpoint.id, checkpoint.artifact?.fingerprint ?? null, checkpoint.runs, checkpoint.unattestedSuites),
  );
  const checkpoints = input.checkpoints.map((checkpoint, index) =>
    dossierCheckpoint(checkpoint, attestations[index] ?? 'none', input.taxonomy),
  );
  const compared = input.checkpoints.flatMap((subject) => {
    const base = input.checkpoints.find((checkpoint) => checkpoint.id === subject.base);
    return base ? [compare(base, subject, input)] : [];
  });
  const comparisons = adjustedForSubjects(compared);
  const runs = input.checkpoints.flatMap((checkpoint) => checkpoint.runs);
  const trajectories = followTrajectories({
    reference: input.trajectory?.reference,
    pairs: input.trajectory?.pairs ?? [],
    checkpoints,
    constants: input.constants,
  });
  const suites = [...new Map(runs.map((run) => [run.suite, run])).values()];
  return {
    schemaVersion: '1.0',
    title: input.title,
    constants: { ...input.constants },
    seed: input.seed,
    families: [...input.taxonomy.families],
    axis: {
      declared: input.taxonomy.axis.declared,
      targeted: [...input.taxonomy.axis.targeted],
      coverage: [...input.taxonomy.axis.coverage],
    },
    harness: suites.map((run) => ({
      suite: run.suite,
      harness: run.harness,
      version: run.harnessVersion,
      settings: run.settings,
    })),
    engine: input.checkpoints.find((checkpoint) => checkpoint.diagnosis)?.diagnosis?.engine ?? null,
    checkpoints,
    comparisons,
    ...(trajectories.length > 0 ? { trajectories } : {}),
    limits: limitsOf(input, comparisons),
  };
}

function dossierCheckpoint(
  input: CheckpointInput,
  attestation: DossierCheckpoint['attestation'],
  taxonomy: Taxonomy,
): DossierCheckpoint {
  const { artifact, diagnosis } = input;
  return {
    id: input.id,
    base: input.base,
    condition: input.condition,
    step: input.step,
    path: input.path,
    fingerprint: artifact?.fingerprint ?? null,
    architecture: artifact?.architecture ?? null,
    parameters: artifact?.parameters ?? null,
    dtypes: artifact?.dtypes ?? {},
    matrices: {
      pooled: artifact?.matrices.filter((matrix) => matrix.pooled).length ?? 0,
      listed: artifact?.matrices.length ?? 0,
    },
    leftOut: artifact?.leftOut.map(({ reason, count }) => ({ reason, count })) ?? [],
    attestation,
    scores: input.runs.flatMap((run) => scoreRows(run, taxonomy)),
    matrixDiagnostics: diagnosis?.matrices ?? [],
    model: diagnosis?.model ?? {},
    errors: [...input.errors],
  };
}

function scoreRows(run: RawRun, taxonomy: Taxonomy): ScoreRow[] {
  return run.tasks.map((task) => {
    const family = taxonomy.families.find((entry) => entry.tasks.some((known) => known.id === task.task));
    const known =
      family?.tasks.find((entry) => entry.id === task.task) ??
      taxonomy.families.flatMap((entry) => entry.tasks).find((entry) => entry.parts?.includes(task.task));
    const first = task.metrics[0];
    const scale = known ?? { metric: first?.metric ?? 'none', filter: first?.filter ?? 'none', chance: null, max: 1 };
    return {
      task: task.task,
      family: family?.id ?? null,
      metric: scale.metric,
      filter: scale.filter,
      ...scoreOf(task, scale, run),
      chance: scale.chance,
      warnings: task.warnings.map((warning) => warning.message),
    };
  });
}

/** A score; one that was stopped on the data has no interval of its own, since its items were not fixed beforehand. */
function scoreOf(task: RawRun['tasks'][number], scale: Scale, run: RawRun): ReturnType<typeof taskScore> {
  const whole = taskScore(task, scale);
  if (!run.adaptive || task.n === task.nOriginal) return whole;
  const bare = (measured: Measured): Measured =>
    measured.status === 'ok'
      ? ok(measured.value, { n: task.n ?? 0, note: `adaptive: ${task.n} of ${task.nOriginal} items` })
      : measured;
  return { score: bare(whole.score), kappa: bare(whole.kappa) };
}

function compare(base: CheckpointInput, subject: CheckpointInput, input: JoinInput): Comparison {
  const failedStage = (stage: string): ErrorInfo | undefined =>
    [...subject.errors, ...base.errors].find((entry) => entry.stage === stage)?.error;
  const absent = (what: string): ErrorInfo => toErrorInfo(new Error(`There are no ${what} for both checkpoints.`));
  const noScores = subject.runs.length === 0 || base.runs.length === 0;
  return {
    checkpoint: subject.id,
    base: base.id,
    fingerprint: subject.artifact?.fingerprint ?? 'unknown',
    baseFingerprint: base.artifact?.fingerprint ?? 'unknown',
    scores: noScores
      ? {
          status: 'failed',
          error: failedStage('scores') ?? {
            ...absent('scores'),
            code: 'no-scores',
            hint: 'Add a suite to the config, or see the error of the harness.',
          },
        }
      : compareScores(base.runs, subject.runs, input.taxonomy, input.constants, input.seed, {
          display: input.display ?? true,
        }),
    weights: subject.pair
      ? {
          status: 'ok',
          matrices: subject.pair.matrices,
          model: subject.pair.model,
          restructuring: measureRestructuring(
            subject.pair.matrices,
            input.constants,
            input.seed,
            subject.pair.engine === recordedEngine
              ? linearWeights(subject.pair)
              : Math.max(pooledIn(subject.artifact), pooledIn(base.artifact)),
          ),
          unpaired: subject.pair.unpaired.length,
        }
      : {
          status: 'failed',
          error: failedStage('pair') ??
            failedStage('checkpoint') ?? {
              ...absent('paired weights'),
              code: 'no-pair',
              hint: 'Give both checkpoints and compare the same architecture.',
            },
        },
  };
}

/** Linear weights (q, k, v, o, gate, up, down) of the decoder blocks that something is recorded of. */
function linearWeights({ matrices }: PairDiagnosis): number {
  return (
    linearRoles.filter((role) => !fusedRoles.includes(role)).length * new Set(matrices.map(({ depth }) => depth)).size
  );
}

const fusedRoles: readonly string[] = ['qkv', 'gate_up'];

/** Pooled matrices of the decoder, which a comparison should cover; 0 where the checkpoint was not opened. */
function pooledIn(artifact: CheckpointArtifact | undefined): number {
  return artifact?.matrices.filter(({ pooled, group }) => pooled && group === 'decoder').length ?? 0;
}

/** The asymmetry tests of all comparisons are one BH pool. */
function adjustedForSubjects(comparisons: readonly Comparison[]): Comparison[] {
  const scored = comparisons.flatMap(({ scores }) => (scores.status === 'ok' ? [scores] : []));
  const adjusted = acrossSubjects(
    scored.map((scores) => scores.asymmetry),
    scored.map((scores) => scores.families.length),
  );
  return comparisons.map((comparison) => {
    const { scores } = comparison;
    const asymmetry = scores.status === 'ok' ? adjusted[scored.indexOf(scores)] : undefined;
    return scores.status === 'ok' && asymmetry ? { ...comparison, scores: { ...scores, asymmetry } } : comparison;
  });
}
