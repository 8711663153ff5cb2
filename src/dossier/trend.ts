import type { Constants } from '../base/constants.ts';
import type { Trajectory, Trend } from './trajectory.ts';

/** One judged checkpoint: its share and, where there is one, the reference's at the same step; both in percent. */
export interface JudgedShare {
  readonly share: number;
  readonly reference: number | undefined;
}

type Limits = Pick<Constants, 'share_green' | 'share_red'>;

/**
 * Trend label of METHOD § 4.6, its rules in its order, for the checkpoints after warm-up in the order of training:
 *
 * 1. stuck: every share is below `share_red`;
 * 2. gap: every share is below the reference's, the last one by more than the tolerance, and that one is below `share_green`;
 * 3. recover: an earlier share was below the reference's by more than the tolerance, the last one is not, and is at least `share_green`;
 * 4. stable: every share is at least `share_green`; else unclassified.
 *
 * Rules 2 and 3 need a reference at the last checkpoint and look at the checkpoints that have one.
 * Table 1 of the paper with reference A gives stable, stuck, recover and gap for A to D.
 */
export function trendLabel(judged: readonly JudgedShare[], limits: Limits, tolerance: number): Trend {
  const last = judged.at(-1);
  if (last === undefined || judged.length < 2) return 'too-short';
  if (judged.every(({ share }) => share < limits.share_red)) return 'stuck';
  const behind = last.reference === undefined ? [] : judged.flatMap((entry) => behindReference(entry) ?? []);
  const lastBehind = behind.at(-1);
  if (lastBehind !== undefined && behind.length > 1) {
    if (behind.every((gap) => gap > 0) && lastBehind > tolerance && last.share < limits.share_green) return 'gap';
    const dipped = behind.slice(0, -1).some((gap) => gap > tolerance);
    if (dipped && lastBehind <= tolerance && last.share >= limits.share_green) return 'recover';
  }
  return judged.every(({ share }) => share >= limits.share_green) ? 'stable' : 'unclassified';
}

/** The tolerances above the given one at which the label becomes another, smallest first. */
export function trendFragility(
  judged: readonly JudgedShare[],
  limits: Limits,
  tolerance: number,
): Trajectory['trend']['fragility'] {
  const places = judged.flatMap((entry) => behindReference(entry) ?? []).filter((gap) => gap > tolerance);
  let label = trendLabel(judged, limits, tolerance);
  return [...new Set(places)]
    .sort((a, b) => a - b)
    .flatMap((place) => {
      const other = trendLabel(judged, limits, place);
      if (other === label) return [];
      label = other;
      return [{ tolerance: place, label }];
    });
}

/** Points behind the reference, free of the last bits of floating point: 78.6 − 77.2 is 1.4. */
function behindReference({ share, reference }: JudgedShare): number | undefined {
  return reference === undefined ? undefined : Number((reference - share).toFixed(9));
}
