import type { FamilyTask } from '../families/family.ts';
import type { TaskGain } from '../scores/task-gain.ts';

/**
 * What is known of one task's change, candidate minus reference, in raw points: hundredths of the task's maximum, not
 * corrected for chance (METHOD § 7.1: release owners think in points).
 */
export interface TaskDifference {
  readonly task: string;
  /** Items compared, and clusters among them. */
  readonly n: number;
  readonly clusters: number;
  readonly delta: number;
  readonly se: number;
  /** Degrees of freedom of `se`; Infinity for normal. */
  readonly df: number;
  readonly kind: TaskGain['se'];
  /** Items that turned right and wrong; only where every item is 0 or 1 and its own cluster. */
  readonly changed?: { readonly gained: number; readonly lost: number };
  /** True where all differences are equal, so that the sample says nothing of their variance. */
  readonly flat: boolean;
  /** Shares of the maximum on both sides, of runs that were not paired; in 0..1. */
  readonly shares?: { readonly before: number; readonly after: number };
}

/** A task of the dossier or of two runs, from chance-corrected points back to raw ones. */
export function taskDifference(gain: TaskGain, scale: Pick<FamilyTask, 'chance' | 'max'>): TaskDifference | undefined {
  if (gain.gain.status !== 'ok' || gain.gain.se === undefined || scale.chance === null) return undefined;
  const points = (scale.max - scale.chance) / scale.max;
  const paired = gain.se === 'paired-clustered';
  const shares = { before: gain.base / scale.max, after: gain.subject / scale.max };
  const inside = Object.values(shares).every((share) => share >= 0 && share <= 1);
  return {
    task: gain.task,
    n: gain.n,
    clusters: gain.clusters,
    delta: gain.gain.value * points,
    se: gain.gain.se * points,
    df: gain.df ?? Number.POSITIVE_INFINITY,
    kind: gain.se,
    // A paired error without degrees of freedom is the bound for equal differences, not an estimate.
    flat: paired && gain.df === undefined,
    ...(paired && gain.pairing && gain.pairing.p !== null
      ? { changed: { gained: gain.pairing.gained, lost: gain.pairing.lost } }
      : {}),
    ...(gain.se === 'unpaired-binomial' && inside ? { shares } : {}),
  };
}
