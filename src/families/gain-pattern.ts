import type { Constants } from '../base/constants.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import type { Asymmetry } from './asymmetry.ts';
import { type Contrast, contrast, meanOf, type Target } from './contrast.ts';
import type { FamilyGain } from './family-gain.ts';
import type { FamilyEstimates } from './gain-table.ts';
import { type AxisContrasts, bounds } from './shadow-contrast.ts';

/** What the score axis is decided from. */
export interface PatternFacts {
  readonly estimates: FamilyEstimates;
  readonly families: readonly FamilyGain[];
  readonly target: Target;
  /** Both scales of the declared axis; undefined where none was declared or one side has no usable family. */
  readonly axis: { readonly kappa: AxisContrasts; readonly logit: AxisContrasts } | undefined;
  readonly S: Measured;
  readonly pAsymmetric: Measured;
  readonly leaveOneOut: Asymmetry['leaveOneOut'];
}

type Reason = Asymmetry['reasons'][number];

/**
 * The score axis of METHOD § 4.1 as an ordered rule: the first pattern whose every clause holds, with the clauses that
 * failed on the way as reasons. Absence of significance is never read as evenness; what no rule claims is inconclusive.
 */
export function gainPattern(
  facts: PatternFacts,
  constants: Constants,
): { pattern: Asymmetry['pattern']; reasons: Reason[] } {
  const asymmetry = asymmetryClauses(facts, constants);
  const asymmetric = asymmetry.length === 0;
  const gained = gainClauses(facts, constants);
  const along = axisClauses(facts, constants);
  if (asymmetric && gained.length === 0 && along.length === 0)
    return {
      pattern: 'asymmetric-gain',
      reasons: [
        reason(
          'asymmetric',
          'Families differ beyond item noise and beyond task scatter, on both scales, and the gain did not transfer.',
        ),
      ],
    };
  if (asymmetric && lossOnly(facts, constants))
    return {
      pattern: 'uneven-regression',
      reasons: [reason('loss-only', 'Families differ, and the significant changes are losses.')],
    };
  if (everyWithin(facts, constants.gain_margin, false))
    return {
      pattern: 'no-change',
      reasons: [reason('within-margin', `Every family's 90 % interval lies within ±${constants.gain_margin} points.`)],
    };
  if (transferring(facts))
    return {
      pattern: 'transferring',
      reasons: [
        reason('transferring', 'The coverage families gained, and more than half of what the targeted ones did.'),
      ],
    };
  const enoughFamilies = facts.families.length >= constants.min_families;
  const overall = bounds(meanContrast(facts));
  if (!asymmetric && enoughFamilies && everyWithin(facts, constants.contrast_margin, true)) {
    if (overall.lower > 0)
      return {
        pattern: 'uniform-gain',
        reasons: [reason('uniform', `Every family lies within ±${constants.contrast_margin} points of the mean gain.`)],
      };
    if (overall.upper < 0)
      return { pattern: 'uniform-regression', reasons: [reason('uniform-loss', 'All families fell together.')] };
  }
  const few = enoughFamilies
    ? []
    : [reason('few-families', `Fewer than ${constants.min_families} families cannot show that a gain is even.`)];
  return { pattern: 'inconclusive', reasons: [...few, ...(asymmetric ? [...gained, ...along] : asymmetry)] };
}

/** Clauses of "asymmetric" that do not hold. */
function asymmetryClauses(facts: PatternFacts, constants: Constants): Reason[] {
  const p = numberOf(facts.pAsymmetric);
  const S = facts.S.status === 'ok' ? facts.S : undefined;
  const excludesZero = S?.interval !== undefined && (S.interval.low > 0 || S.interval.high < 0);
  return [
    ...(p !== undefined && p < constants.alpha_test
      ? []
      : [
          reason(
            'tests-not-met',
            `The four asymmetry tests do not all reject (largest p ${p === undefined ? 'not available' : p.toPrecision(2)}, needed < ${constants.alpha_test}).`,
          ),
        ]),
    ...(S !== undefined && Math.abs(S.value) >= constants.contrast_margin
      ? []
      : [reason('contrast-small', `The contrast between families is below ${constants.contrast_margin} points.`)]),
    ...(excludesZero ? [] : [reason('contrast-unclear', 'The interval of the contrast includes 0.')]),
    ...(facts.leaveOneOut?.holds
      ? []
      : [
          reason(
            'one-task',
            facts.leaveOneOut
              ? `Without task ${facts.leaveOneOut.task} the difference between families does not hold.`
              : 'Too few tasks to leave one out.',
          ),
        ]),
  ];
}

/** Clauses of "with gain" that do not hold: some family rose, and some family did not follow. */
function gainClauses(facts: PatternFacts, constants: Constants): Reason[] {
  const rose = facts.families.some(
    (family) => (numberOf(family.fixed) ?? 0) >= constants.gain_margin && (family.qGain ?? 1) < constants.bh_q,
  );
  const largest = Math.max(...facts.families.map((family) => numberOf(family.shrunken) ?? numberOf(family.fixed) ?? 0));
  const stayed = facts.families.some(
    (family) => !family.ceiling && upper(facts, family.family) < Math.max(0, constants.transfer_fraction * largest),
  );
  return [
    ...(rose ? [] : [reason('no-family-gain', 'No family rose significantly.')]),
    ...(stayed ? [] : [reason('all-followed', 'No family clearly stayed behind.')]),
  ];
}

/** Clauses along a declared axis that do not hold; none where no axis was declared. */
function axisClauses({ axis }: PatternFacts, constants: Constants): Reason[] {
  if (!axis) return [];
  const { T, transfer } = axis.kappa;
  return [
    ...(T.value >= constants.gain_margin && bounds(T).lower > 0
      ? []
      : [reason('targeted-not-up', 'The targeted families did not gain clearly.')]),
    ...(bounds(transfer).upper < 0
      ? []
      : [
          reason(
            'transfer-open',
            'It is not excluded that the coverage families gained half of what the targeted ones did.',
          ),
        ]),
    ...(bounds(axis.logit.transfer).upper < 0
      ? []
      : [
          reason(
            'scale-dependent',
            'On the log-odds scale the coverage families may have followed: the difference exists on one scale only.',
          ),
        ]),
  ];
}

function transferring({ axis }: PatternFacts): boolean {
  return axis !== undefined && bounds(axis.kappa.C).lower > 0 && bounds(axis.kappa.transfer).lower > 0;
}

function lossOnly(facts: PatternFacts, constants: Constants): boolean {
  const gained = facts.families.some(
    (family) => (family.qGain ?? 1) < constants.bh_q && (numberOf(family.fixed) ?? 0) >= constants.gain_margin,
  );
  return !gained && facts.families.some((family) => (family.qLoss ?? 1) < constants.bh_q);
}

/** Two one-sided tests per family: its 90 % interval, centred on the mean gain or not, lies within ±margin. */
function everyWithin(facts: PatternFacts, margin: number, centred: boolean): boolean {
  const names = facts.estimates.families.map((family) => family.family);
  return names.every((name) => {
    const weights = meanOf([name]);
    if (centred) for (const other of names) weights.set(other, (weights.get(other) ?? 0) - 1 / names.length);
    const { lower, upper: high } = bounds(contrast(facts.estimates, weights, facts.target));
    return lower > -margin && high < margin;
  });
}

function upper(facts: PatternFacts, family: string): number {
  return bounds(contrast(facts.estimates, meanOf([family]), facts.target)).upper;
}

function meanContrast(facts: PatternFacts): Contrast {
  return contrast(facts.estimates, meanOf(facts.estimates.families.map((family) => family.family)), facts.target);
}

function reason(code: string, text: string): Reason {
  return { code, text };
}
