import type { Measured } from '../base/measured.ts';
import type { Finding } from '../findings/finding.ts';
import type { ComparisonVerdict } from '../verdict/verdict.ts';
import type { FamilyChange } from './family-change.ts';
import type { GateReference } from './gate.ts';

/** One reference with everything that was compared. */
export interface Compared {
  readonly reference: GateReference;
  readonly families: readonly FamilyChange[];
  /** Why nothing was compared. */
  readonly problem?: string;
  /** What is worth knowing of the whole comparison: not paired, other settings. */
  readonly notes: readonly string[];
}

/** One checkpoint that asks to be released, with all that rules may look at. */
export interface Candidate {
  readonly checkpoint: string;
  /** The base first, where there is one; then the runs in the order in which they were named. */
  readonly compared: readonly Compared[];
  readonly scores: readonly CandidateScore[];
  /** Model-level values by id: of the checkpoint alone, of its comparison with the base, restructuring indices. */
  readonly diagnostics: ReadonlyMap<string, Measured>;
  readonly findings: readonly Pick<Finding, 'id' | 'status' | 'title' | 'plain' | 'effect' | 'names'>[];
  /** Ids that findings.json holds for any checkpoint, for did-you-mean. */
  readonly knownFindings: readonly string[];
  readonly verdict: Pick<ComparisonVerdict, 'verdict' | 'title' | 'confidence' | 'plain' | 'sentence'> | undefined;
}

/** A task's score alone, in raw points, with one-sided bounds where items or an error are known. */
export interface CandidateScore {
  readonly task: string;
  readonly score: Measured;
}
