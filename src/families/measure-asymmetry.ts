import type { Constants } from '../base/constants.ts';
import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import { randomStream } from '../base/random.ts';
import type { Asymmetry } from './asymmetry.ts';
import { type AsymmetryTests, asymmetryTests } from './asymmetry-tests.ts';
import { betweenFamilies, type Dispersion, profileOfEstimated } from './between-families.ts';
import { capabilityAsymmetryIndex, effectiveFamilies, giniOfGains } from './concentration.ts';
import { contrast, meanOf, measure, type Target } from './contrast.ts';
import type { FamilyGain, FamilyTaskGain } from './family-gain.ts';
import { familyGains } from './family-gains.ts';
import { gainPattern } from './gain-pattern.ts';
import { estimateFamilies, type FamilyEstimates, type GainGroup, type GainScale, gainTable } from './gain-table.ts';
import { type Removal, removals } from './leave-one-out.ts';
import { type LostSide, lostSides } from './pattern-clauses.ts';
import { patternFacts } from './pattern-facts.ts';
import { resampleFamilies } from './resample-families.ts';
import type { ScaleResampled } from './resampled.ts';
import { acrossFamilies, axisContrasts, detectable, transferRatio } from './shadow-contrast.ts';
import { simultaneousRange } from './simultaneous-range.ts';
import { spreadStatistics } from './spread-statistics.ts';
import type { Taxonomy } from './taxonomy.ts';

/** Draws behind the simultaneous interval of an undeclared contrast. */
const rangeDraws = 10_000;

/** What may be left out of a measurement because no decision rests on it. */
export interface AsymmetryOptions {
  /** False: no bootstrap intervals, and no leave-one-out where the tests have settled already that nothing is asymmetric, else one of fewer draws. */
  readonly display?: boolean;
}

/** Everything the score axis is decided from that does not depend on the thresholds of the decision. */
export interface AsymmetryFacts {
  readonly scales: { readonly gain: GainGroup[]; readonly logit: GainGroup[] };
  readonly estimates: { readonly gain: FamilyEstimates; readonly logit: FamilyEstimates };
  readonly dispersion: Dispersion | undefined;
  readonly families: readonly FamilyGain[];
  /** Families of the declared axis that have gains and room to move. */
  readonly sides: { readonly targeted: string[]; readonly coverage: string[] } | undefined;
  readonly lost: readonly LostSide[];
  readonly target: Target;
  readonly S: Measured;
  readonly tests: AsymmetryTests;
  readonly removals: readonly Removal[];
}

/**
 * From task gains to the score axis of the verdict (METHOD §§ 2.3–2.5, 4.1, 4.3):
 * family gains on both scales, the four tests, dispersion, the contrast along the declared axis (or the range of
 * families with a simultaneous interval), leave-one-task-out, and the pattern they add up to.
 *
 * Gains are subject minus base in κ-points. Deterministic for a given seed.
 */
export function measureAsymmetry(
  gains: readonly FamilyTaskGain[],
  taxonomy: Taxonomy,
  constants: Constants,
  seed: number,
  { display = true }: AsymmetryOptions = {},
): { families: FamilyGain[]; asymmetry: Asymmetry } {
  const facts = asymmetryFacts(gains, taxonomy, constants, seed, { display });
  const { scales, estimates, dispersion, families, sides, target, S, tests } = facts;
  const decided = patternFacts({ ...facts, pAsymmetric: tests.pAsymmetric }, constants);
  const { axis, worst } = decided;
  const resampled = display ? resample(scales, spreadOf(sides, constants), constants, seed) : undefined;
  const meanGain = contrast(estimates.gain, meanOf(families.map((family) => family.family)), target);
  const undeclared = skipped('axis-undeclared', 'No targeted and coverage families with room to gain were declared.');
  const few = skipped('too-few-families', `Dispersion needs at least ${constants.min_families} families.`);
  return {
    families: [...families],
    asymmetry: {
      declared: taxonomy.axis.declared,
      targeted: sides?.targeted ?? [],
      coverage: sides?.coverage ?? [],
      T: axis ? measure(axis.kappa.T, 0.95, { n: sides?.targeted.length ?? 0 }) : undeclared,
      C: axis ? measure(axis.kappa.C, 0.95, { n: sides?.coverage.length ?? 0 }) : undeclared,
      S,
      acrossFamilies: sides ? acrossFamilies(estimates.gain, sides) : undeclared,
      transferContrast: axis ? measure(axis.kappa.transfer, 0.9, { n: families.length }) : undeclared,
      transferRatio: axis ? transferRatio(axis.kappa) : undeclared,
      ...tests,
      tau: dispersion
        ? ok(dispersion.tau, {
            n: families.length,
            interval: { low: dispersion.low, high: dispersion.high, level: 0.95, method: 'Q-profile' },
          })
        : few,
      tauFewTasks: dispersion ? allowingForFewTasks(dispersion.tau, estimates.gain) : few,
      CAI: dispersion ? capabilityAsymmetryIndex(dispersion.tau, meanGain.value) : few,
      effectiveFamilies: dispersion ? effectiveFamilies(shrunkenOf(families)) : few,
      gini: dispersion ? withLosses(giniOfGains(shrunkenOf(families)), families) : few,
      ...(resampled ? { resampled } : {}),
      meanGain: families.length > 0 ? measure(meanGain, 0.95, { n: families.length }) : few,
      leaveOneOut: worst,
      removals: [...facts.removals],
      detectable: axis ? detectable(axis.kappa.S) : skipped('axis-undeclared', 'Stated for a declared axis.'),
      ...gainPattern(decided, constants),
      wording: target,
    },
  };
}

/** Task gains -> what the pattern is decided from. The costly part: permutations, also without each task. */
export function asymmetryFacts(
  gains: readonly FamilyTaskGain[],
  taxonomy: Taxonomy,
  constants: Constants,
  seed: number,
  { display = true }: AsymmetryOptions = {},
): AsymmetryFacts {
  // 1. Task gains -> family estimates on both scales.
  const scales = { gain: gainTable(gains, 'gain'), logit: gainTable(gains, 'logit') };
  const estimates = { gain: estimateFamilies(scales.gain), logit: estimateFamilies(scales.logit) };
  const dispersion = disperse(estimates.gain, constants);
  const families = familyGains(taxonomy.families, gains, estimates, dispersion?.tau, constants);

  // 2. Families that can show transfer -> the contrast along the axis, or the range.
  const sides = usableSides(taxonomy, families);
  const target: Target = estimates.gain.df >= constants.min_task_df ? 'random-task' : 'fixed-task';
  const S = contrastOf(sides, estimates.gain, constants, seed);

  // 3. Tests, and whether one task carries them.
  const tests = asymmetryTests(scales, constants, seed);
  // Where the four tests do not all reject, no removal can make the families asymmetric.
  const settled = !display && !((numberOf(tests.pAsymmetric) ?? 1) < constants.alpha_test);
  return {
    scales,
    estimates,
    dispersion,
    families,
    sides,
    lost: lostSides(taxonomy.axis, families),
    target,
    S,
    tests,
    removals: settled
      ? []
      : removals(scales, spreadOf(sides, constants), constants, seed, display ? 'decided' : 'repeated'),
  };
}

function allowingForFewTasks(tau: number, { families, df }: FamilyEstimates): Measured {
  const bounds = profileOfEstimated(
    families.map((family) => family.mean),
    families.map((family) => family.random),
    df,
  );
  const method = `Q-profile, variances on ${df} df`;
  return ok(tau, { n: families.length, interval: { ...bounds, level: 0.95, method } });
}

function shrunkenOf(families: readonly FamilyGain[]): number[] {
  return families.map((family) => numberOf(family.shrunken) ?? 0);
}

/** Gini looks at gains only, so the families that lost are named beside it. */
function withLosses(gini: Measured, families: readonly FamilyGain[]): Measured {
  const losses = families.filter((family) => (numberOf(family.shrunken) ?? 0) < 0).map((family) => family.title);
  return gini.status === 'ok' && losses.length > 0 ? { ...gini, note: `losses: ${losses.join(', ')}` } : gini;
}

function resample(
  scales: { gain: GainGroup[]; logit: GainGroup[] },
  spread: (of: FamilyEstimates) => number,
  constants: Constants,
  seed: number,
): Asymmetry['resampled'] {
  if (scales.gain.length < 2) return undefined;
  const of = (scale: GainScale, offset: number): ScaleResampled =>
    resampleFamilies(
      scales[scale],
      (table) => spreadStatistics(table, spread, scale, constants),
      constants.bootstrap,
      randomStream(seed + offset),
    );
  return { kappa: of('gain', 3), logit: of('logit', 4), draws: constants.bootstrap };
}

/** Families of the axis that have gains and room to move; undefined unless both sides keep at least one. */
function usableSides(
  taxonomy: Taxonomy,
  families: readonly FamilyGain[],
): { targeted: string[]; coverage: string[] } | undefined {
  const open = new Set(families.filter((family) => !family.ceiling).map((family) => family.family));
  const targeted = taxonomy.axis.targeted.filter((family) => open.has(family));
  const coverage = taxonomy.axis.coverage.filter((family) => open.has(family));
  return targeted.length > 0 && coverage.length > 0 ? { targeted, coverage } : undefined;
}

function disperse(estimates: FamilyEstimates, constants: Constants): ReturnType<typeof betweenFamilies> | undefined {
  if (estimates.families.length < constants.min_families || estimates.df < 1) return undefined;
  return betweenFamilies(
    estimates.families.map((family) => family.mean),
    estimates.families.map((family) => family.random),
  );
}

/** S of other estimates of the same families: along the axis, or the range. */
function spreadOf(sides: AsymmetryFacts['sides'], constants: Constants): (of: FamilyEstimates) => number {
  return (of) => (sides ? axisContrasts(of, sides, constants).S.value : range(of));
}

function contrastOf(
  sides: AsymmetryFacts['sides'],
  estimates: FamilyEstimates,
  constants: Constants,
  seed: number,
): Measured {
  if (sides) return measure(axisContrasts(estimates, sides, constants).S, 0.95, { n: estimates.families.length });
  if (estimates.families.length < 2) return skipped('one-family', 'A contrast needs at least two families.');
  if (estimates.df < 1)
    return skipped('one-task-families', 'Without a declared axis the contrast needs families with two tasks.');
  return simultaneousRange(estimates, rangeDraws, randomStream(seed + 2));
}

function range(estimates: FamilyEstimates): number {
  const means = estimates.families.map((family) => family.mean);
  return Math.max(...means) - Math.min(...means);
}
