import { median } from 'simple-statistics';
import { exactMcNemar } from './mcnemar.ts';
import { type Measured, ok, skipped } from './measured.ts';

/**
 * Median with the interval that inverts the exact sign test: order statistics r and n + 1 − r, r the largest rank whose
 * two-sided p stays within 1 − level (Conover 1999, § 3.2). Below six values no such interval at 95 % exists, and there is none.
 * The interval takes the values as independent.
 */
export function signInterval(values: readonly number[], level = 0.95): Measured {
  const n = values.length;
  if (n === 0) return skipped('no-values', 'There are no values.');
  const sorted = [...values].sort((a, b) => a - b);
  let rank = 0;
  while (2 * (rank + 1) <= n && exactMcNemar(rank, n - rank) <= 1 - level) rank += 1;
  const [low, high] = [sorted[rank - 1], sorted[n - rank]];
  return ok(median(sorted), {
    n,
    ...(low === undefined || high === undefined ? {} : { interval: { low, high, level, method: 'sign test' } }),
  });
}
