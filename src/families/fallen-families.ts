import type { Constants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import type { FamilyGain } from './family-gain.ts';

/** Families that fell on these benchmarks by the margin or more, significantly after correction over families (METHOD § 2.3). */
export function fallenFamilies<Family extends Pick<FamilyGain, 'qLoss' | 'fixed'>>(
  families: readonly Family[],
  { bh_q, gain_margin }: Pick<Constants, 'bh_q' | 'gain_margin'>,
): Family[] {
  return families.filter(({ qLoss, fixed }) => (qLoss ?? 1) < bh_q && (numberOf(fixed) ?? 0) <= -gain_margin);
}
