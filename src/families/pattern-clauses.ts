import type { Constants } from '../base/constants.ts';
import { type Measured, numberOf } from '../base/measured.ts';
import { type Clause, clause } from './clause.ts';
import { type Contrast, contrast, meanOf, type Target } from './contrast.ts';
import type { FamilyGain } from './family-gain.ts';
import type { FamilyEstimates } from './gain-table.ts';
import type { Removal } from './leave-one-out.ts';
import { type AxisContrasts, bounds } from './shadow-contrast.ts';
import type { Axis } from './taxonomy.ts';

/** What the score axis is decided from. */
export interface PatternFacts {
  readonly estimates: FamilyEstimates;
  readonly families: readonly FamilyGain[];
  readonly target: Target;
  /** Sides of a declared axis without a family that can show anything; empty where no axis was declared. */
  readonly lost: readonly LostSide[];
  /** Both scales of the declared axis; undefined where none was declared or one side has no usable family. */
  readonly axis: { readonly kappa: AxisContrasts; readonly logit: AxisContrasts } | undefined;
  readonly S: Measured;
  readonly pAsymmetric: Measured;
  /** The removal of one task that hurts most; null where none can be left out. */
  readonly worst: (Removal & { readonly holds: boolean }) | null;
}

/** A side of the declared axis that cannot be measured: its families have no gains, or all of them began at the ceiling. */
export interface LostSide {
  readonly side: 'targeted' | 'coverage';
  readonly why: 'absent' | 'ceiling';
}

/** Which sides of a declared axis have no family that can show transfer (METHOD § 4.1), and why. */
export function lostSides(axis: Axis, families: readonly FamilyGain[]): LostSide[] {
  if (!axis.declared) return [];
  return (['targeted', 'coverage'] as const).flatMap((side): LostSide[] => {
    const own = families.filter(({ family }) => axis[side].includes(family));
    if (own.some((family) => !family.ceiling)) return [];
    return [{ side, why: own.length === 0 ? 'absent' : 'ceiling' }];
  });
}

/** Every clause of METHOD § 4.1 over these facts, in the order in which the rules are tried. */
export function patternClauses(facts: PatternFacts, constants: Constants): Clause[] {
  return [
    ...asymmetric(facts, constants),
    ...withGain(facts, constants),
    ...alongAxis(facts, constants),
    ...lossOnly(facts, constants),
    clause(
      'no-change',
      'within-margin',
      `Every family's 90 % interval lies within ±${constants.gain_margin} points.`,
      { value: farthest(facts, false), relation: '<', threshold: constants.gain_margin },
      'gain_margin',
    ),
    ...transferring(facts),
    ...uniform(facts, constants),
  ];
}

function asymmetric({ S, pAsymmetric, worst }: PatternFacts, constants: Constants): Clause[] {
  const interval = S.status === 'ok' ? S.interval : undefined;
  return [
    clause(
      'asymmetric',
      'tests-not-met',
      'All four asymmetry tests reject: families differ beyond item noise and beyond task scatter, on both scales.',
      { value: numberOf(pAsymmetric), relation: '<', threshold: constants.alpha_test },
      'alpha_test',
    ),
    clause(
      'asymmetric',
      'contrast-small',
      `The contrast between families is at least ${constants.contrast_margin} points.`,
      {
        value: S.status === 'ok' ? Math.abs(S.value) : undefined,
        relation: '≥',
        threshold: constants.contrast_margin,
      },
      'contrast_margin',
    ),
    clause('asymmetric', 'contrast-unclear', 'The interval of the contrast excludes 0.', {
      value: interval && Math.max(interval.low, -interval.high),
      relation: '>',
      threshold: 0,
    }),
    clause(
      'asymmetric',
      'one-task',
      'No single task carries it: without any one task the four tests still reject.',
      { value: worst?.p, relation: '<', threshold: constants.leave_one_out_p },
      'leave_one_out_p',
    ),
    clause(
      'asymmetric',
      'one-task-contrast',
      'No single task carries it: without any one task the contrast stays above its margin.',
      { value: worst ? Math.abs(worst.S) : undefined, relation: '≥', threshold: constants.contrast_margin },
      'contrast_margin',
    ),
  ];
}

function withGain(facts: PatternFacts, constants: Constants): Clause[] {
  const risen = facts.families.filter((family) => (family.qGain ?? 1) < constants.bh_q);
  const largest = Math.max(...facts.families.map((family) => numberOf(family.shrunken) ?? numberOf(family.fixed) ?? 0));
  const open = facts.families.filter((family) => !family.ceiling);
  return [
    clause(
      'with-gain',
      'no-family-gain',
      `A family rose by ${constants.gain_margin} points or more, significantly after correction over families.`,
      { value: greatest(risen.map(fixedGain)), relation: '≥', threshold: constants.gain_margin },
      'gain_margin',
    ),
    clause(
      'with-gain',
      'all-followed',
      'A family with room to gain clearly stayed behind: its upper bound is below the transfer fraction of the largest gain.',
      {
        value: least(open.map((family) => upper(facts, family.family))),
        relation: '<',
        threshold: Math.max(0, constants.transfer_fraction * largest),
      },
      'transfer_fraction',
    ),
  ];
}

function alongAxis({ axis, lost }: PatternFacts, constants: Constants): Clause[] {
  if (lost.length > 0)
    return [
      clause(
        'along-axis',
        'axis-side-lost',
        'Both sides of the declared axis have a family with gains and with room.',
        {
          value: 2 - lost.length,
          relation: '≥',
          threshold: 2,
        },
      ),
    ];
  if (!axis)
    return [
      clause(
        'along-axis',
        'no-axis',
        'An axis was declared: which families the training was for and which it was not. Some family always gains most, and families are uneven by nature.',
        { value: 0, relation: '≥', threshold: 1 },
      ),
    ];
  const { T, transfer } = axis.kappa;
  return [
    clause(
      'along-axis',
      'targeted-not-up',
      `The targeted families gained ${constants.gain_margin} points or more on average.`,
      { value: T.value, relation: '≥', threshold: constants.gain_margin },
      'gain_margin',
    ),
    clause('along-axis', 'targeted-unclear', 'The targeted gain is clearly above 0 (lower 95 % bound).', {
      value: bounds(T).lower,
      relation: '>',
      threshold: 0,
    }),
    clause(
      'along-axis',
      'transfer-open',
      'It is excluded that the coverage families gained half of what the targeted ones did (upper 95 % bound of C − ½T, κ-points).',
      { value: bounds(transfer).upper, relation: '<', threshold: 0 },
    ),
    clause('along-axis', 'scale-dependent', 'The same holds on log-odds.', {
      value: bounds(axis.logit.transfer).upper,
      relation: '<',
      threshold: 0,
    }),
  ];
}

function lossOnly({ families }: PatternFacts, constants: Constants): Clause[] {
  const risen = families.filter((family) => (family.qGain ?? 1) < constants.bh_q);
  return [
    clause(
      'loss-only',
      'no-gain',
      `No family rose significantly by ${constants.gain_margin} points or more.`,
      { value: greatest(risen.map(fixedGain)) ?? 0, relation: '<', threshold: constants.gain_margin },
      'gain_margin',
    ),
    clause(
      'loss-only',
      'a-loss',
      'A family fell significantly (adjusted p).',
      { value: least(families.map((family) => family.qLoss ?? 1)), relation: '<', threshold: constants.bh_q },
      'bh_q',
    ),
  ];
}

function transferring({ axis }: PatternFacts): Clause[] {
  if (!axis) return [];
  return [
    clause('transferring', 'coverage-up', 'The coverage families gained (lower 95 % bound).', {
      value: bounds(axis.kappa.C).lower,
      relation: '>',
      threshold: 0,
    }),
    clause(
      'transferring',
      'half-arrived',
      'They gained more than half of what the targeted ones did (lower 95 % bound of C − ½T).',
      { value: bounds(axis.kappa.transfer).lower, relation: '>', threshold: 0 },
    ),
  ];
}

function uniform(facts: PatternFacts, constants: Constants): Clause[] {
  const overall = bounds(meanContrast(facts));
  return [
    clause(
      'uniform',
      'few-families',
      `At least ${constants.min_families} families; fewer cannot show that a gain is even.`,
      { value: facts.families.length, relation: '≥', threshold: constants.min_families },
      'min_families',
    ),
    clause(
      'uniform',
      'even',
      `Every family lies within ±${constants.contrast_margin} points of the mean gain (90 % interval).`,
      { value: farthest(facts, true), relation: '<', threshold: constants.contrast_margin },
      'contrast_margin',
    ),
    clause('uniform-gain', 'mean-up', 'The mean gain is above 0 (lower 95 % bound).', {
      value: overall.lower,
      relation: '>',
      threshold: 0,
    }),
    clause('uniform-regression', 'mean-down', 'The mean gain is below 0 (upper 95 % bound).', {
      value: overall.upper,
      relation: '<',
      threshold: 0,
    }),
  ];
}

/** Two one-sided tests per family: the end farthest from 0 of all 90 % intervals, centred on the mean gain or not. */
function farthest(facts: PatternFacts, centred: boolean): number {
  const names = facts.estimates.families.map((family) => family.family);
  return Math.max(
    ...names.map((name) => {
      const weights = meanOf([name]);
      if (centred) for (const other of names) weights.set(other, (weights.get(other) ?? 0) - 1 / names.length);
      const { lower, upper: high } = bounds(contrast(facts.estimates, weights, facts.target));
      return Math.max(-lower, high);
    }),
  );
}

function upper(facts: PatternFacts, family: string): number {
  return bounds(contrast(facts.estimates, meanOf([family]), facts.target)).upper;
}

function meanContrast(facts: PatternFacts): Contrast {
  return contrast(facts.estimates, meanOf(facts.estimates.families.map((family) => family.family)), facts.target);
}

function fixedGain(family: FamilyGain): number {
  return numberOf(family.fixed) ?? 0;
}

function greatest(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.max(...values);
}

function least(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : Math.min(...values);
}
