import type { Measured } from './measured.ts';

/** A number for people: fixed decimals, a real minus sign, no "-0.0". */
export function decimal(value: number, digits = 1): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text.replace('-', '−');
}

/** The same with an explicit plus, for gains. */
export function signed(value: number, digits = 1): string {
  const text = decimal(value, digits);
  return value > 0 && Number(value.toFixed(digits)) !== 0 ? `+${text}` : text;
}

/**
 * A measured value as text: `+41.2 [33.0, 49.4]`, or `—` with the reason where there is none.
 * Bounds are shown whenever they exist, so no value travels without what is known of it.
 */
export function measuredText(
  measured: Measured,
  digits = 1,
  number: (value: number, digits: number) => string = decimal,
): string {
  if (measured.status !== 'ok') return `— (${measured.reason})`;
  const { value, interval } = measured;
  return interval
    ? `${number(value, digits)} [${number(interval.low, digits)}, ${number(interval.high, digits)}]`
    : number(value, digits);
}

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? 'none';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A p value or false-discovery rate: two significant digits, never "0.0000". */
export function probability(value: number): string {
  return value < 0.0001 ? '< 0.0001' : value < 0.001 ? value.toFixed(4) : value.toFixed(3);
}
