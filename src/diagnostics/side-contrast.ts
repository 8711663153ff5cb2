import { median } from 'simple-statistics';
import { type Measured, numberOf } from '../base/measured.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { PooledMatrix } from './diagnostic.ts';

/**
 * ln(median |x| over the matrices of `left` ÷ the same over `right`) of one diagnostic, with its interval over depth.
 * Skipped where one side has no value, or half of one side is exactly 0.
 */
export function sideContrast(
  matrices: readonly PooledMatrix[],
  id: string,
  left: readonly string[],
  right: readonly string[],
): Measured {
  const rows = matrices.flatMap(({ role, depth, diagnostics }) => {
    const value = numberOf(diagnostics[id]);
    const side = left.includes(role) ? 'left' : right.includes(role) ? 'right' : undefined;
    return value === undefined || side === undefined ? [] : [{ side, depth, size: Math.abs(value) }];
  });
  return withDepthInterval(
    rows,
    (sample) => {
      const typical = (side: string): number => {
        const sizes = sample.filter((row) => row.side === side).map(({ size }) => size);
        return sizes.length === 0 ? 0 : median(sizes);
      };
      const [one, other] = [typical('left'), typical('right')];
      return one > 0 && other > 0 ? Math.log(one / other) : undefined;
    },
    {
      code: 'no-shift',
      reason: `${id} did not change in ${left.join(', ')} or ${right.join(', ')}, or has no value there.`,
    },
  );
}
