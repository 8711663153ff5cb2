import { type FamilyChange, familyChange } from './family-change.ts';

/** No smaller probability is claimed: bounds so far out rest on the tails of approximations. */
const smallest = 1e-6;

/**
 * One-sided p of "the change is not above (below) `threshold`": 1 − the largest confidence at which the family's own bound still
 * lies beyond the threshold, so that p and bounds can never disagree. 0.5 at most, 1 where the estimate is on the other
 * side; of an adaptive evaluation 1/e (Ville), for a threshold of 0 only. Undefined where nothing was compared.
 */
export function tailProbability(family: FamilyChange, side: 'above' | 'below', threshold = 0): number | undefined {
  const { adaptive } = family;
  if (adaptive)
    return threshold === 0 ? Math.min(1, 1 / (side === 'above' ? adaptive.eGain : adaptive.eLoss)) : undefined;
  const beyond = (alpha: number): boolean | undefined => {
    const change = familyChange(family, 1 - alpha);
    return change && (side === 'above' ? change.low > threshold : change.high < threshold);
  };
  const loosest = beyond(0.5 - 1e-9);
  if (loosest === undefined) return undefined;
  if (!loosest) return 1;
  if (beyond(smallest)) return smallest;
  let [never, always] = [smallest, 0.5];
  for (let step = 0; step < 24; step++) {
    const middle = Math.sqrt(never * always);
    if (beyond(middle)) always = middle;
    else never = middle;
  }
  return always;
}
