import { isOpen } from './assess.ts';
import type { FamilyEvidence, SequentialEvidence } from './evidence.ts';

/** "152 of 800 (81 % saved)". */
export function spentText({ items, available }: Pick<SequentialEvidence, 'items' | 'available'>): string {
  const saved = (100 * (available - items)) / Math.max(1, available);
  return `${items} of ${available} (${saved.toFixed(0)} % saved)`;
}

/** Why a family was asked no more, for people. */
export function stoppedText(family: FamilyEvidence, evidence: SequentialEvidence): string {
  if (family.rounds >= family.roundsAvailable) return 'all items answered, exact';
  return isOpen(family, evidence) ? 'budget spent, open' : 'decided';
}
