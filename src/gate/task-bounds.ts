import { criticalValue } from '../base/student.ts';
import { independentInterval } from '../base/wilson.ts';
import { pairedInterval } from '../scores/paired-interval.ts';
import type { TaskDifference } from './task-difference.ts';

/** Below this many items that changed, ± t·SE is replaced by a method for few (METHOD § 7.1). */
export const fewDiscordant = 25;

/** One-sided bounds, each at the asked confidence, in points. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
  readonly method: string;
  /** False where the half widths do not come from the standard error. */
  readonly fromSe: boolean;
}

/**
 * Bounds of one task's change, each one-sided at `confidence`.
 *
 * All differences equal: the rule of three, −ln(1 − confidence)/G, which is 3/G at 95 % (G clusters). Fewer than 25 of the 0/1
 * items changed: Tango's score interval of paired shares. Totals without items: Newcombe's for independent shares. Otherwise
 * ± t·SE with the degrees of freedom of the clusters, normal where the error was reported by the harness.
 *
 * @example 0 of 300 items changed: −1.0 to +1.0 points at 95 %
 */
export function taskBounds(difference: TaskDifference, confidence: number): Bounds {
  const { delta, se, df, n, clusters, changed, flat, shares } = difference;
  const level = 2 * confidence - 1;
  if (flat || (changed && changed.gained + changed.lost === 0)) {
    const half = (-100 * Math.log(1 - confidence)) / clusters;
    return bounds(delta - half, delta + half, 'rule of three', false);
  }
  if (changed && changed.gained + changed.lost < fewDiscordant) {
    const { low, high } = pairedInterval(changed.gained, changed.lost, n, level);
    return bounds(100 * low, 100 * high, 'paired score (Tango)', false);
  }
  if (shares) {
    const { low, high } = independentInterval({ share: shares.before, n }, { share: shares.after, n }, level);
    return bounds(100 * low, 100 * high, 'unpaired score (Newcombe)', false);
  }
  const half = criticalValue(confidence, df) * se;
  const method = Number.isFinite(df) ? `paired, clustered t (df ${Math.round(df)})` : 'normal, errors of the harness';
  return bounds(delta - half, delta + half, method, true);
}

/** A change of more than the whole scale is none. */
function bounds(low: number, high: number, method: string, fromSe: boolean): Bounds {
  return { low: Math.max(-100, low), high: Math.min(100, high), method, fromSe };
}
