import { holm } from '../base/holm.ts';
import type { Candidate, Compared } from './candidate.ts';
import { changeMeasured } from './change-measured.ts';
import { familyChange } from './family-change.ts';
import type { Claim } from './gate.ts';
import { tailProbability } from './tail-probability.ts';

/**
 * Which families improved or regressed against one reference, with the chance of any wrong claim kept at 1 − `confidence`:
 * Holm over the families' two-sided p. The gate itself needs no correction (every rule must pass: intersection–union, Berger
 * 1982); saying which family moved does.
 */
export function claimsOf(candidate: Candidate, compared: Compared, confidence: number): Claim[] {
  const rows = compared.families.flatMap((family) => {
    const change = familyChange(family, confidence);
    const [rise, fall] = [tailProbability(family, 'above'), tailProbability(family, 'below')];
    return change && rise !== undefined && fall !== undefined ? [{ family, change, rise, fall }] : [];
  });
  const p = rows.map(({ rise, fall }) => Math.min(1, 2 * Math.min(rise, fall)));
  const adjusted = holm(p);
  return rows.map(({ family, change, rise, fall }, index) => {
    const corrected = adjusted[index] ?? 1;
    const called = corrected < 1 - confidence;
    return {
      checkpoint: candidate.checkpoint,
      reference: compared.reference,
      family: family.family,
      change: changeMeasured(change, confidence),
      p: p[index] ?? 1,
      holm: corrected,
      claim: called ? (rise < fall ? 'improved' : 'regressed') : 'none',
    };
  });
}
