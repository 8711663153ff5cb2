import type { Constants } from '../base/constants.ts';
import { listed } from '../base/format.ts';
import { numberOf } from '../base/measured.ts';
import type { FamilyGain } from '../dossier/dossier.ts';

/**
 * Families that fell by the margin or more, significantly after correction over families, as a list in words; undefined where none
 * did. The rule of the finding `family-regression`.
 */
export function fallenFamilies(
  families: readonly FamilyGain[],
  { bh_q, gain_margin }: Pick<Constants, 'bh_q' | 'gain_margin'>,
): string | undefined {
  const fell = families.filter(({ qLoss, fixed }) => (qLoss ?? 1) < bh_q && (numberOf(fixed) ?? 0) <= -gain_margin);
  return fell.length === 0 ? undefined : listed(fell.map(({ title }) => title));
}
