import type { Measured } from '../../base/measured.ts';

/** Names of the three columns of a measured value. */
export function threeOf(name: string): [string, string, string] {
  return [name, `${name}_low`, `${name}_high`];
}

/** Value and ends of its interval, empty where there are none. */
export function threeNumbers(measured: Measured): [number | null, number | null, number | null] {
  if (measured.status !== 'ok') return [null, null, null];
  const { value, interval } = measured;
  return [rounded(value), interval ? rounded(interval.low) : null, interval ? rounded(interval.high) : null];
}

/** Five digits that count: more than any chart shows. */
export function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
