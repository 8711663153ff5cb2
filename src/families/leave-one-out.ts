import type { Constants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import type { Asymmetry } from './asymmetry.ts';
import { asymmetryTests, type TwoScales } from './asymmetry-tests.ts';
import { estimateFamilies, type FamilyEstimates, type GainGroup } from './gain-table.ts';

/** Shuffles per removal: this is a robustness check at p < .10, so its Monte Carlo error may be larger. */
const draws = 2_000;

/**
 * Removes each task in turn and repeats the contrast and the four tests. The decision must survive every removal:
 * otherwise one task drives it (METHOD §§ 2.5, 4.1). Returns the removal that hurts most, or null with one task.
 */
export function leaveOneOut(
  scales: TwoScales,
  spread: (estimates: FamilyEstimates) => number,
  constants: Constants,
  seed: number,
): Asymmetry['leaveOneOut'] {
  const tasks = scales.gain.flatMap((group) => group.tasks);
  if (tasks.length < 3) return null;
  const removals = tasks.flatMap((task) => {
    const without = { gain: drop(scales.gain, task), logit: drop(scales.logit, task) };
    if (without.gain.length < scales.gain.length) return [];
    const p = numberOf(asymmetryTests(without, constants, seed, draws).pAsymmetric) ?? 1;
    const S = spread(estimateFamilies(without.gain));
    return [{ task, S, p, holds: Math.abs(S) >= constants.contrast_margin && p < constants.leave_one_out_p }];
  });
  const worst = removals.sort(
    (a, b) => Number(a.holds) - Number(b.holds) || b.p - a.p || Math.abs(a.S) - Math.abs(b.S),
  )[0];
  return worst ?? null;
}

function drop(table: readonly GainGroup[], task: string): GainGroup[] {
  return table.flatMap((group) => {
    const keep = group.tasks.map((name) => name !== task);
    const only = <T>(values: readonly T[]): T[] => values.filter((_, index) => keep[index]);
    const tasks = only(group.tasks);
    return tasks.length === 0
      ? []
      : [{ family: group.family, tasks, gains: only(group.gains), variances: only(group.variances) }];
  });
}
