import type { Bounds } from '../../scores/sequential/confidence-sequence.ts';
import type { GateState } from './evidence.ts';

/**
 * Reads a family's bounds (raw points) against −`margin`: above it is not inferior, below it has regressed by more than
 * the margin. Both follow from one two-sided sequence, so at most α of all runs ever say something wrong, also where the
 * true change is exactly the margin and either statement would be wrong.
 *
 * `complete`: all items were answered and the bounds are the mean itself.
 */
export function gateState({ low, high }: Bounds, margin: number, complete: boolean): GateState {
  const tolerance = 1e-9;
  if (low > -margin + tolerance) return 'non-inferior';
  if (high < -margin - tolerance) return 'regressed';
  return complete ? 'at-margin' : 'open';
}
