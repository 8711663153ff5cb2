import type { Constants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import type { Asymmetry } from './asymmetry.ts';
import { asymmetryTests, type TwoScales } from './asymmetry-tests.ts';
import { estimateFamilies, type FamilyEstimates, type GainGroup } from './gain-table.ts';

/**
 * Shuffles per removal: this is a robustness check at p < .10, so its Monte Carlo error may be larger (0.7 points there). Where the
 * whole decision is only repeated on less, it may be twice that, since tasks × families × tasks of them are drawn.
 */
const draws = { decided: 2_000, repeated: 500 };

/** What is left of the difference between families without one task. */
export interface Removal {
  readonly task: string;
  /** The contrast without it, κ-points. */
  readonly S: number;
  /** Largest of the four p values without it. */
  readonly p: number;
}

/**
 * Removes each task in turn and repeats the contrast and the four tests (METHOD §§ 2.5, 4.1). A family is never removed
 * with its only task. Empty with fewer than three tasks.
 */
export function removals(
  scales: TwoScales,
  spread: (estimates: FamilyEstimates) => number,
  constants: Constants,
  seed: number,
  purpose: keyof typeof draws = 'decided',
): Removal[] {
  const tasks = scales.gain.flatMap((group) => group.tasks);
  if (tasks.length < 3) return [];
  return tasks.flatMap((task) => {
    const without = { gain: drop(scales.gain, task), logit: drop(scales.logit, task) };
    if (without.gain.length < scales.gain.length) return [];
    const p = numberOf(asymmetryTests(without, constants, seed, draws[purpose]).pAsymmetric) ?? 1;
    return [{ task, S: spread(estimateFamilies(without.gain)), p }];
  });
}

/**
 * The removal that hurts most. The decision must survive every one of them, otherwise one task drives it; null where none
 * could be tried.
 */
export function worstRemoval(tried: readonly Removal[], constants: Constants): Asymmetry['leaveOneOut'] {
  const judged = tried.map((removal) => ({
    ...removal,
    holds: Math.abs(removal.S) >= constants.contrast_margin && removal.p < constants.leave_one_out_p,
  }));
  const [worst] = judged.sort(
    (a, b) => Number(a.holds) - Number(b.holds) || b.p - a.p || Math.abs(a.S) - Math.abs(b.S),
  );
  return worst ?? null;
}

function drop(table: readonly GainGroup[], task: string): GainGroup[] {
  return table.flatMap((group) => {
    const keep = group.tasks.map((name) => name !== task);
    const only = <T>(values: readonly T[]): T[] => values.filter((_, index) => keep[index]);
    const tasks = only(group.tasks);
    return tasks.length === 0
      ? []
      : [
          {
            family: group.family,
            tasks,
            gains: only(group.gains),
            variances: only(group.variances),
            ...(group.dfs ? { dfs: only(group.dfs) } : {}),
          },
        ];
  });
}
