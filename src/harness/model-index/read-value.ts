import type { RawMetric } from '../raw-run.ts';

/** A value of a model card; `rest` is what stood beside the number and is not read. */
export interface CardValue {
  readonly value: number | null;
  readonly stderr: number | null;
  readonly unit: NonNullable<RawMetric['unit']>;
  readonly rest: string | null;
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const written = new RegExp(String.raw`^\s*(${number})\s*(%?)\s*(.*)$`, 'is');
const error = new RegExp(
  String.raw`^(?:±|\+/?-)\s*(${number})\s*%?\s*\(?\s*(?:std\.?\s*err(?:or|\.)?|stderr|standard error|s\.?e\.?m?\.?)\s*\)?$`,
  'i',
);

/**
 * A value as people write it. A percent sign says the unit; nothing else does. What follows `±` is a standard error only
 * where the text says so: it may as well be a deviation over seeds or half an interval. Undefined for what is no number.
 *
 * @example `45.3 ± 1.2` is 45.3 with the rest `± 1.2`; `45.3 ± 1.2 (stderr)` has the standard error 1.2.
 */
export function readValue(value: unknown): CardValue | undefined {
  if (typeof value === 'number')
    return { value: Number.isFinite(value) ? value : null, stderr: null, unit: 'unknown', rest: null };
  const found = typeof value === 'string' && value.length < 1000 ? written.exec(value) : null;
  if (!found) return undefined;
  const rest = (found[3] ?? '').trim();
  if (/^[\d.,/:]/.test(rest) || !Number.isFinite(Number(found[1]))) return undefined;
  const stderr = error.exec(rest)?.[1];
  return {
    value: Number(found[1]),
    stderr: stderr === undefined ? null : Math.abs(Number(stderr)),
    unit: found[2] === '%' ? 'percent' : 'unknown',
    rest: rest === '' || stderr !== undefined ? null : rest,
  };
}
