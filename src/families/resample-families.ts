import { quantileSorted } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { RandomStream } from '../base/random.ts';
import type { GainGroup } from './gain-table.ts';
import type { Resampled, ScaleResampled } from './resampled.ts';
import type { SpreadStatistics } from './spread-statistics.ts';

/** Share of draws that must have a statistic before its interval is given. */
const enoughDraws = 0.5;

/**
 * Hierarchical bootstrap over fixed families (METHOD § 2.4): tasks are drawn with replacement within their family, then
 * each drawn gain is redrawn within its item noise, normal with its standard error, which is what resampling hundreds of
 * items or clusters amounts to. The same draws with every family moved to the mean gain are the null distribution: these
 * statistics cannot be negative or grow with noise, so a value means nothing without it.
 *
 * Item noise is in the observed gains once already, so with few tasks intervals are wide; they are for display.
 */
export function resampleFamilies(
  table: readonly GainGroup[],
  statistics: (table: readonly GainGroup[]) => SpreadStatistics,
  draws: number,
  random: RandomStream,
): ScaleResampled {
  const means = table.map((group) => group.gains.reduce((sum, gain) => sum + gain, 0) / group.gains.length);
  const overall = means.reduce((sum, mean) => sum + mean, 0) / means.length;
  const observed = statistics(table);
  const [drawn, even]: [SpreadStatistics[], SpreadStatistics[]] = [[], []];
  for (let draw = 0; draw < draws; draw++) {
    const sample = table.map((group) => redraw(group, random));
    drawn.push(statistics(sample));
    even.push(
      statistics(
        sample.map((group, family) => ({
          ...group,
          gains: group.gains.map((gain) => gain - (means[family] ?? 0) + overall),
        })),
      ),
    );
  }
  const resampled = (key: keyof ScaleResampled): Resampled =>
    summary(observed[key], sorted(drawn, key), sorted(even, key), draws);
  return {
    Q: resampled('Q'),
    F: resampled('F'),
    S: resampled('S'),
    tau: resampled('tau'),
    CAI: resampled('CAI'),
    effectiveFamilies: resampled('effectiveFamilies'),
    gini: resampled('gini'),
  };
}

function redraw(group: GainGroup, random: RandomStream): GainGroup {
  const picks = group.gains.map(() => random.below(group.gains.length));
  return {
    ...group,
    gains: picks.map((pick) => (group.gains[pick] ?? 0) + Math.sqrt(group.variances[pick] ?? 0) * random.normal()),
    variances: picks.map((pick) => group.variances[pick] ?? 0),
    ...(group.dfs ? { dfs: picks.map((pick) => group.dfs?.[pick] ?? Number.POSITIVE_INFINITY) } : {}),
  };
}

function sorted(draws: readonly SpreadStatistics[], key: keyof SpreadStatistics): number[] {
  return draws.flatMap((draw) => draw[key] ?? []).sort((a, b) => a - b);
}

function summary(
  value: number | undefined,
  drawn: readonly number[],
  even: readonly number[],
  draws: number,
): Resampled {
  const enough = drawn.length >= enoughDraws * draws;
  const interval = {
    low: quantileOf(drawn, 0.025),
    high: quantileOf(drawn, 0.975),
    level: 0.95,
    method: `hierarchical bootstrap, ${drawn.length} draws`,
  };
  return {
    value:
      value === undefined
        ? skipped('not-defined', 'Not defined for these gains or this number of families.')
        : ok(value, enough ? { interval } : { note: 'No interval: most bootstrap draws have no such value.' }),
    null:
      even.length < enoughDraws * draws
        ? null
        : { median: quantileOf(even, 0.5), low: quantileOf(even, 0.025), high: quantileOf(even, 0.975) },
    exceeded:
      value === undefined || even.length < enoughDraws * draws
        ? null
        : even.filter((entry) => entry >= value).length / even.length,
  };
}

function quantileOf(values: readonly number[], share: number): number {
  return values.length === 0 ? 0 : quantileSorted(values as number[], share);
}
