import type { Constants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import { pauleMandel } from './between-families.ts';
import { cochranQ } from './cochran-q.ts';
import { capabilityAsymmetryIndex, effectiveFamilies, giniOfGains } from './concentration.ts';
import { shrink } from './family-gains.ts';
import { estimateFamilies, type FamilyEstimates, type GainGroup, type GainScale } from './gain-table.ts';
import { fStatistic } from './permutation-f.ts';
import type { ScaleResampled } from './resampled.ts';

/** Every statistic of METHOD § 2.4, without its error; undefined where it is not defined for these gains (§ 2.5). */
export type SpreadStatistics = { readonly [Key in keyof ScaleResampled]: number | undefined };

/**
 * How unevenly gains lie over families, by all measures at once, so that a bootstrap draw costs one pass.
 * `contrastOf` gives S: along the declared axis, or largest minus smallest family.
 */
export function spreadStatistics(
  table: readonly GainGroup[],
  contrastOf: (estimates: FamilyEstimates) => number,
  scale: GainScale,
  constants: Constants,
): SpreadStatistics {
  const estimates = estimateFamilies(table);
  const { families, df } = estimates;
  const means = families.map((family) => family.mean);
  const several = families.length >= 2;
  const enough = families.length >= constants.min_families && df >= 1;
  const random = families.map((family) => family.random);
  const centre = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const tau = enough ? pauleMandel(means, random) : undefined;
  const shrunken = means.map((mean, index) => shrink(mean, centre, tau ?? 0, random[index] ?? 0));
  const of = (measure: typeof giniOfGains): number | undefined =>
    tau === undefined ? undefined : numberOf(measure(shrunken, scale));
  return {
    Q: several
      ? cochranQ(
          means,
          families.map((family) => family.fixed),
        ).Q
      : undefined,
    F: several && df >= 1 ? finite(fStatistic(table.map((group) => group.gains))) : undefined,
    S: several ? contrastOf(estimates) : undefined,
    tau,
    CAI: tau === undefined ? undefined : numberOf(capabilityAsymmetryIndex(tau, centre)),
    effectiveFamilies: of(effectiveFamilies),
    gini: of(giniOfGains),
  };
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
