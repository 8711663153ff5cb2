import { type Measured, ok } from '../base/measured.ts';
import type { Change } from './family-change.ts';

/** A change as a value with its bounds: each bound is one-sided at `confidence`, so together they hold 2·confidence − 1. */
export function changeMeasured(change: Change, confidence: number): Measured {
  const { delta, low, high, method, n } = change;
  return ok(delta, { n, interval: { low, high, level: 2 * confidence - 1, method } });
}
