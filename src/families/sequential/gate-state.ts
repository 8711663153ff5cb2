import type { ConfidenceSequence } from '../../scores/sequential/confidence-sequence.ts';
import type { GateState } from './evidence.ts';

/**
 * Reads a family's sequence (raw points as proportions) against −`margin` (raw points): above it is not inferior, below it has
 * regressed by more than the margin. Both follow from one two-sided sequence at `level`, so at most α of all runs ever say
 * something wrong, also where the true change is exactly the margin and either statement would be wrong.
 */
export function gateState(sequence: ConfidenceSequence, margin: number, level: number): GateState {
  const [above, below] = [sequence.isAbove(-margin / 100, level), sequence.isBelow(-margin / 100, level)];
  if (above !== below) return above ? 'non-inferior' : 'regressed';
  return sequence.complete ? 'at-margin' : 'open';
}
