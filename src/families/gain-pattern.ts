import type { Constants } from '../base/constants.ts';
import type { Asymmetry } from './asymmetry.ts';
import type { Clause } from './clause.ts';
import { type PatternFacts, patternClauses } from './pattern-clauses.ts';

type Reason = Asymmetry['reasons'][number];

/** What the rules say of one comparison, and every clause they looked at. */
export interface GainPattern {
  readonly pattern: Asymmetry['pattern'];
  /** Why: the rule that claimed it, or the clauses that failed on the way. */
  readonly reasons: Reason[];
  readonly clauses: Clause[];
}

/**
 * The score axis of METHOD § 4.1 as an ordered rule: the first pattern whose every clause holds, with the clauses that
 * failed on the way as reasons. Absence of significance is never read as evenness; what no rule claims is inconclusive.
 * Without a declared axis no gain is called concentrated (ADR 13).
 */
export function gainPattern(facts: PatternFacts, constants: Constants): GainPattern {
  const clauses = patternClauses(facts, constants);
  const of = (...rules: Clause['rule'][]): Clause[] => clauses.filter(({ rule }) => rules.includes(rule));
  const holds = (...rules: Clause['rule'][]): boolean => of(...rules).every((clause) => clause.holds);
  const claim = (pattern: Asymmetry['pattern'], code: string, text: string): GainPattern => ({
    pattern,
    reasons: [{ code, text }],
    clauses,
  });
  const absent = facts.lost.filter(({ why }) => why === 'absent').map(({ side }) => side);
  if (absent.length > 0)
    return claim(
      'inconclusive',
      'axis-side-lost',
      `An axis was declared, and no ${absent.join(' and no ')} family has gains: what the other families show cannot be set against them.`,
    );
  const asymmetric = holds('asymmetric');
  if (asymmetric && holds('with-gain', 'along-axis'))
    return claim(
      'asymmetric-gain',
      'asymmetric',
      'Families differ beyond item noise and beyond task scatter, on both scales, and the gain did not transfer.',
    );
  if (asymmetric && holds('loss-only'))
    return claim('uneven-regression', 'loss-only', 'Families differ, and the significant changes are losses.');
  if (holds('no-change'))
    return claim(
      'no-change',
      'within-margin',
      `Every family's 90 % interval lies within ±${constants.gain_margin} points.`,
    );
  if (facts.axis && holds('transferring'))
    return claim(
      'transferring',
      'transferring',
      'The coverage families gained, and more than half of what the targeted ones did.',
    );
  if (!asymmetric && holds('uniform', 'uniform-gain'))
    return claim(
      'uniform-gain',
      'uniform',
      `Every family lies within ±${constants.contrast_margin} points of the mean gain.`,
    );
  if (!asymmetric && holds('uniform', 'uniform-regression'))
    return claim('uniform-regression', 'uniform-loss', 'All families fell together.');
  const few = of('uniform').filter(({ id }) => id === 'few-families');
  const failed = [...few, ...(asymmetric ? of('with-gain', 'along-axis') : of('asymmetric'))].filter(
    (clause) => !clause.holds,
  );
  const reasons = failed.map((clause): Reason => ({ code: codeOf(clause), text: failures(clause, facts) }));
  return {
    pattern: 'inconclusive',
    reasons: [...new Map(reasons.map((reason) => [reason.code, reason])).values()],
    clauses,
  };
}

/** Two clauses may fail for one reason. */
function codeOf({ id }: Clause): string {
  return { 'one-task-contrast': 'one-task', 'targeted-unclear': 'targeted-not-up' }[id] ?? id;
}

/** What a clause that does not hold means, in words. */
function failures({ id, value, threshold }: Clause, { worst }: PatternFacts): string {
  const lost = worst
    ? `Without task ${worst.task} the difference between families does not hold.`
    : 'Too few tasks to leave one out.';
  const texts: Readonly<Record<string, string>> = {
    'tests-not-met': `The four asymmetry tests do not all reject (largest p ${value === null ? 'not available' : value.toPrecision(2)}, needed < ${threshold}).`,
    'contrast-small': `The contrast between families is below ${threshold} points.`,
    'contrast-unclear': 'The interval of the contrast includes 0.',
    'one-task': lost,
    'one-task-contrast': lost,
    'no-family-gain': 'No family rose significantly.',
    'all-followed': 'No family clearly stayed behind.',
    'targeted-not-up': 'The targeted families did not gain clearly.',
    'targeted-unclear': 'The targeted families did not gain clearly.',
    'transfer-open': 'It is not excluded that the coverage families gained half of what the targeted ones did.',
    'scale-dependent':
      'On the log-odds scale the coverage families may have followed: the difference exists on one scale only.',
    'no-axis':
      'Families differ, but no axis was declared. Some family always gains most, so a concentrated gain cannot be told from families that are uneven by nature.',
    'axis-side-lost': 'One side of the declared axis began at the ceiling and cannot show transfer.',
    'few-families': `Fewer than ${threshold} families cannot show that a gain is even.`,
  };
  return texts[id] ?? id;
}
