import { isOpen } from './assess.ts';
import type { FamilyEvidence, SequentialEvidence } from './evidence.ts';

/** Why a family was asked no more, for people. */
export function stoppedText(family: FamilyEvidence, evidence: SequentialEvidence): string {
  if (family.rounds >= family.roundsAvailable) return 'all items answered, exact';
  return isOpen(family, evidence) ? 'budget spent, open' : 'decided';
}
