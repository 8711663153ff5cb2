import type Type from 'typebox';
import type { Candidate } from './candidate.ts';
import type { RuleResult } from './gate.ts';
import type { Threshold } from './rule-keys.ts';

/** A rule of a policy, after its kind's schema has accepted it. */
export interface Rule {
  readonly [key: string]: unknown;
  readonly level?: 'error' | 'warn';
  readonly on_inconclusive?: 'block' | 'warn';
  readonly checkpoints?: readonly string[];
  readonly note?: string;
}

/** One rule at one level, thresholds resolved to that level's numbers. */
export interface PlannedRule {
  readonly index: number;
  readonly kind: RuleKind;
  readonly rule: Rule;
  readonly level: 'error' | 'warn';
  readonly onInconclusive: 'block' | 'warn';
  /** By the kind's measure keys. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** The rule in one line. */
  readonly text: string;
}

/** What a kind says about one candidate; identity, level and candidate are added by the caller. */
export type Judgement = Pick<
  RuleResult,
  'outcome' | 'subject' | 'reference' | 'measured' | 'margin' | 'unit' | 'n' | 'needed' | 'message' | 'notes'
>;

/** What holds for the whole gate. */
export interface JudgeContext {
  readonly confidence: number;
  /** Every rule of the policy, for corrections over them. */
  readonly planned: readonly PlannedRule[];
}

/** One kind of rule: declared keys and one pure function. A rule belongs to the kind whose keys it has. */
export interface RuleKind {
  readonly id: string;
  /** Key that names what is judged: family, task, diagnostic, finding, verdict. */
  readonly subject: string;
  /** Keys of which a rule of this kind has at least one; none = the subject says all. */
  readonly measures: readonly string[];
  readonly description: string;
  readonly source: string;
  readonly schema: Type.TObject;
  /** At least one judgement, or a thrown error, which becomes the outcome `error`. */
  readonly judge: (planned: PlannedRule, candidate: Candidate, context: JudgeContext) => Judgement[];
}

export type { Threshold };
