import { median } from 'simple-statistics';
import type { Constants } from '../base/constants.ts';
import type { TrajectoryStep } from '../diagnostics/diagnostic.ts';
import { typical } from '../diagnostics/trajectory-steps.ts';
import type { Trajectory } from './trajectory.ts';

type Limits = Pick<Constants, 'phase_ratio' | 'phase_deviations' | 'phase_intervals'>;

interface Interval {
  readonly from: number;
  readonly to: number;
  readonly change: number;
}

/**
 * The interval between two checkpoints in which the weights moved more for its length than in the run's others.
 *
 * A steady drift moves weights in proportion to the steps between two checkpoints, undirected noise in proportion to their
 * root; which of the two holds is not known from outside. So an interval must stand out by both rates: at least `phase_ratio` times the
 * median of the others', and `phase_deviations` times 1.4826·MAD of their logarithms above it. The first interval starts at the warm-up
 * checkpoint and is no candidate, but is one of the others. With fewer than `phase_intervals` intervals nothing is said.
 */
export function phaseShift(
  steps: readonly TrajectoryStep[],
  limits: Limits,
): Pick<Trajectory, 'phaseShift' | 'phaseShiftReason'> {
  const intervals = steps.flatMap((step): Interval[] => {
    const change = typical(step, 'relative_change');
    return change === undefined || !(change > 0) || !(step.to > step.from)
      ? []
      : [{ from: step.from, to: step.to, change }];
  });
  if (intervals.length < limits.phase_intervals)
    return {
      phaseShift: null,
      phaseShiftReason: `${intervals.length} of the ${limits.phase_intervals} intervals that are needed have a relative change.`,
    };
  const found = intervals
    .map((interval, index) => ({ ...interval, ratio: index === 0 ? 0 : standsOut(interval, intervals, limits) }))
    .filter(({ ratio }) => ratio > 0)
    .sort((a, b) => b.ratio - a.ratio)[0];
  const rule = `relative change per step and per root of steps against the other ${intervals.length - 1} intervals`;
  return found
    ? { phaseShift: { from: found.from, to: found.to, ratio: found.ratio }, phaseShiftReason: `Stands out by ${rule}.` }
    : { phaseShift: null, phaseShiftReason: `No interval after the first stands out by ${rule}.` };
}

/** The smaller of its two ratios to the others' median; 0 where it does not stand out by both. */
function standsOut(interval: Interval, all: readonly Interval[], limits: Limits): number {
  const ratios = [1, 0.5].map((power) => {
    const rate = ({ from, to, change }: Interval): number => Math.log(change) - power * Math.log(to - from);
    const others = all.filter((other) => other !== interval).map(rate);
    const middle = median(others);
    const spread = 1.4826 * median(others.map((other) => Math.abs(other - middle)));
    const above = rate(interval) - middle;
    return above >= limits.phase_deviations * spread && above >= Math.log(limits.phase_ratio) ? Math.exp(above) : 0;
  });
  return Math.min(...ratios);
}
