import type { Measured } from '../base/measured.ts';

/** Bounds of a measured value; without an interval they are open, so that nothing is excluded and nothing claimed. */
export function bounds(measured: Measured | undefined): { readonly low: number; readonly high: number } {
  const interval = measured?.status === 'ok' ? measured.interval : undefined;
  return interval ?? { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
}
