import { benjaminiHochberg } from '../../base/benjamini-hochberg.ts';
import { type Measured, type OkMeasured, ok, skipped } from '../../base/measured.ts';
import { criticalValue, lowerTail } from '../../base/student.ts';
import type { Moved } from './runs-compared.ts';

/** One number as two runs have it; `undefined` where a run does not. */
export interface Both {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly before: Measured | undefined;
  readonly after: Measured | undefined;
}

/**
 * After minus before, with a 95 % interval and p that take the runs as independent. Runs over the same items are not: where
 * their errors go together the interval is too wide and p too large, never the other way. q stays null until it is corrected.
 */
export function moved({ id, title, unit, before, after }: Both): Moved {
  const absent = skipped('not-measured', 'One of the runs does not have it.');
  const sides = { id, title, unit, before: before ?? absent, after: after ?? absent };
  if (before?.status !== 'ok' || after?.status !== 'ok')
    return {
      ...sides,
      difference: skipped('no-difference', 'One of the runs has no value.'),
      p: null,
      q: null,
      status: 'unknown',
    };
  const difference = after.value - before.value;
  if (difference === 0 && JSON.stringify(before) === JSON.stringify(after))
    return { ...sides, difference: ok(0), p: null, q: null, status: 'same' };
  const errors = [errorOf(before), errorOf(after)];
  if (errors.some((error) => error === undefined || error === 0))
    return {
      ...sides,
      difference: ok(difference, { note: 'no interval: one of the runs gives none' }),
      p: null,
      q: null,
      status: 'unknown',
    };
  const se = Math.hypot(...(errors as number[]));
  const reach = criticalValue(0.975, Number.POSITIVE_INFINITY) * se;
  return {
    ...sides,
    difference: ok(difference, {
      se,
      interval: {
        low: difference - reach,
        high: difference + reach,
        level: 0.95,
        method: 'normal, the two runs taken as independent',
      },
    }),
    p: 2 * lowerTail(-Math.abs(difference) / se, Number.POSITIVE_INFINITY),
    q: null,
    status: 'not-settled',
  };
}

/** One pool of numbers with their p adjusted; those without one stay as they are. */
export function corrected(pool: readonly Moved[], level: number): Moved[] {
  const tested = pool.filter(({ p }) => p !== null);
  const adjusted = benjaminiHochberg(tested.map(({ p }) => p ?? 1));
  const qs = new Map(tested.map((entry, index) => [entry, adjusted[index] ?? 1]));
  return pool.map((entry) => {
    const q = qs.get(entry);
    return q === undefined ? entry : { ...entry, q, status: q <= level ? 'differs' : 'not-settled' };
  });
}

/** Standard error as given, or from the width of an interval, which is nearly always 95 %. */
function errorOf({ se, interval }: OkMeasured): number | undefined {
  if (se !== undefined) return se;
  if (!interval) return undefined;
  return (interval.high - interval.low) / (2 * criticalValue((1 + interval.level) / 2, Number.POSITIVE_INFINITY));
}
