import { type Measured, ok, skipped } from '../base/measured.ts';
import type { MatrixInput } from './diagnostic.ts';

/**
 * An overlap of k leading directions with what two unrelated spaces of k out of M dimensions give on average, k/M, in the
 * note; n is k. Where k is the whole short side the overlap is 1 whatever the weights are, so there is none.
 */
export function overlapWithNull(
  { rank, value }: { readonly rank: number; readonly value: number },
  { rows, cols }: MatrixInput,
): Measured {
  const short = Math.min(rows, cols);
  if (rank === 0) return skipped('zero-reference', 'Every entry of the reference matrix is zero.');
  if (rank >= short)
    return skipped('whole-space', `All ${short} directions are leading ones here, so they overlap whatever they are.`);
  return ok(value, {
    n: rank,
    note: `${rank} of ${short} directions; unrelated ones overlap by ${(rank / short).toFixed(3)}`,
  });
}
