import { decimal } from '../base/format.ts';
import type { Measured } from '../base/measured.ts';
import type { Judgement } from './rule-kind.ts';

/** Limits of a value; at least one is there. */
export interface Limits {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/**
 * A value against limits. Pass: its whole interval lies within. Fail: its whole interval lies beyond one limit. Inconclusive:
 * the interval holds a limit. Without an interval the value alone decides, and a note says so; `byValue` asks for that.
 */
export function judgeRange(
  name: string,
  measured: Measured,
  limits: Limits,
  unit: string | null,
  byValue: boolean,
): Judgement {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = limits;
  const asked = [
    ...(limits.min === undefined ? [] : [`at least ${shown(limits.min)}`]),
    ...(limits.max === undefined ? [] : [`at most ${shown(limits.max)}`]),
  ].join(' and ');
  if (measured.status !== 'ok')
    return {
      ...{ subject: name, reference: null, measured, margin: nearest(limits, Number.NaN), unit, n: null, needed: null },
      outcome: measured.status === 'failed' ? 'error' : 'inconclusive',
      message: `${name} is not known, and ${asked} is asked for: ${measured.reason}`,
      notes: [],
    };
  const { value, interval, n } = measured;
  const whole = interval && !byValue ? interval : { low: value, high: value };
  const outcome =
    whole.low >= min && whole.high <= max ? 'pass' : whole.high < min || whole.low > max ? 'fail' : 'inconclusive';
  const text = interval ? `${shown(value)} [${shown(interval.low)}, ${shown(interval.high)}]` : shown(value);
  const says = { pass: '', fail: 'It is not', inconclusive: 'The interval holds the limit' }[outcome];
  return {
    outcome,
    subject: name,
    reference: null,
    measured,
    margin: nearest(limits, value),
    unit,
    n: n ?? null,
    needed: null,
    message: `${name} is ${text}; ${asked} is asked for.${says === '' ? '' : ` ${says}.`}`,
    notes: [
      ...(interval ? [`Interval: ${interval.method}, ${Number((100 * interval.level).toFixed(2))} %.`] : []),
      ...(interval && byValue ? ['Judged by the value alone, as the rule says.'] : []),
      ...(interval ? [] : ['No interval is known of it: the value alone was judged.']),
      ...(measured.note === undefined ? [] : [measured.note]),
    ],
  };
}

/** The limit that the value is closer to. */
function nearest({ min, max }: Limits, value: number): number | null {
  if (min === undefined || max === undefined) return min ?? max ?? null;
  return Math.abs(value - min) <= Math.abs(value - max) ? min : max;
}

/** Up to four significant digits after the point where numbers are small. */
function shown(value: number): string {
  return decimal(value, Math.abs(value) < 1 ? 3 : Math.abs(value) < 10 ? 2 : 1);
}
