import { signed } from '../base/format.ts';
import { shortReference } from './against.ts';
import type { Compared } from './candidate.ts';
import { changeMeasured } from './change-measured.ts';
import { type Change, type FamilyChange, familyChange } from './family-change.ts';
import type { RuleOutcome } from './gate.ts';
import { neededItems } from './needed-items.ts';
import type { JudgeContext, Judgement } from './rule-kind.ts';

/** How bounds decide, and the words for it. */
export interface ChangeRule {
  /** Change on which the decision turns, in points: −2 for "not inferior within 2". */
  readonly threshold: number;
  readonly decide: (change: Change, threshold: number) => 'pass' | 'fail' | 'inconclusive';
  /** "not inferior within 2 points", as in "Reading is …" */
  readonly says: Readonly<Record<'pass' | 'fail' | 'inconclusive', string>>;
  readonly allowMissing: boolean;
  readonly notes?: readonly string[];
}

/**
 * One family or task against one reference. Tasks of it that could not be compared keep a pass from being one, unless the rule
 * allows it or nobody knows their chance level, which keeps them out of every pool.
 */
export function judgeChange(
  subject: FamilyChange,
  against: Pick<Compared, 'reference' | 'notes'>,
  rule: ChangeRule,
  { confidence }: JudgeContext,
): Judgement {
  const change = familyChange(subject, confidence);
  const base = { subject: subject.family, reference: against.reference, margin: rule.threshold, unit: 'points' };
  const reference = shortReference(against.reference);
  const gaps = subject.refused.filter(({ known }) => !known);
  if (change === undefined)
    return {
      ...base,
      ...{ outcome: 'error' as const, measured: null, n: null, needed: null },
      message: `${subject.title} was not compared with ${reference}: ${gaps[0] ? `${gaps[0].task}: ${gaps[0].reason}` : 'none of its tasks has a change with an error'}.`,
      notes: [...against.notes],
    };
  const decided = rule.decide(change, rule.threshold);
  const held = gaps.length > 0 && decided === 'pass' && !rule.allowMissing;
  const outcome: RuleOutcome = held ? 'inconclusive' : decided;
  const needed = decided === 'inconclusive' ? neededItems(change, rule.threshold, confidence) : undefined;
  return {
    ...base,
    outcome,
    measured: changeMeasured(change, confidence),
    n: change.n,
    needed: needed ?? null,
    message: `${subject.title} against ${reference}: ${signed(change.delta)} points [${signed(change.low)}, ${signed(change.high)}], ${
      held ? `${tasksText(gaps.length)} could not be compared, so this is not all of it` : rule.says[decided]
    }.${decided === 'inconclusive' ? ` ${settling(needed, change)}` : ''}`,
    notes: [
      `Bounds: ${change.method}, each one-sided at ${percent(confidence)} %.`,
      ...(rule.notes ?? []),
      ...gaps.map(({ task, reason }) => `Not compared: ${task}: ${reason}`),
      ...subject.refused.filter(({ known }) => known).map(({ task, reason }) => `Not counted: ${task}: ${reason}`),
      ...against.notes,
    ],
  };
}

function settling(needed: number | undefined, { n }: Change): string {
  if (needed === undefined) return 'The change lies on the threshold itself: no number of items would settle it.';
  if (needed <= n) return `It was close: the ${n} items that there are settle such a change in four of five cases.`;
  return `About ${needed} items (now ${n}) would settle it with 80 % chance.`;
}

function tasksText(count: number): string {
  return count === 1 ? 'one of its tasks' : `${count} of its tasks`;
}

/** 95, 97.5, 99.9 */
export function percent(share: number): string {
  return String(Number((100 * share).toFixed(4)));
}
