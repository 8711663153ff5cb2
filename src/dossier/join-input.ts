import type { Constants } from '../base/constants.ts';
import type { ErrorInfo } from '../base/error.ts';
import type { CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import type { Diagnosis, PairDiagnosis } from '../diagnostics/diagnosis.ts';
import type { Taxonomy } from '../families/taxonomy.ts';
import type { RawRun } from '../harness/raw-run.ts';
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
