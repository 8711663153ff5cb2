import { expect, test } from 'vitest';
import { withDepthInterval } from '../../src/diagnostics/depth-interval.ts';

interface Row {
  readonly depth: number | null;
  readonly value: number;
}
const rows = (count: number, value: (depth: number) => number = (depth) => depth): Row[] =>
  Array.from({ length: count }, (_, depth) => ({ depth, value: value(depth) }));
const mean = (of: readonly Row[]): number | undefined =>
  of.length === 0 ? undefined : of.reduce((sum, { value }) => sum + value, 0) / of.length;
const missing = { code: 'nothing', reason: 'There is nothing.' };

test('eight layers have an interval around the value, the same every time', () => {
  const measured = withDepthInterval(rows(8), mean, missing);
  expect(measured).toEqual(withDepthInterval(rows(8), mean, missing));
  expect(measured).toMatchObject({ value: 3.5, n: 8 });
  const interval = measured.status === 'ok' ? measured.interval : undefined;
  expect(interval?.low).toBeLessThan(3.5);
  expect(interval?.high).toBeGreaterThan(3.5);
});

test('layers that are all alike have an interval of no width', () => {
  expect(
    withDepthInterval(
      rows(12, () => 2),
      mean,
      missing,
    ),
  ).toMatchObject({ value: 2, interval: { low: 2, high: 2 } });
});

test.each([
  ['seven layers', rows(7)],
  ['a row of no known depth', [...rows(8), { depth: null, value: 1 }]],
])('%s give a value without an interval', (_, few) => {
  const measured = withDepthInterval(few, mean, missing);
  expect(measured.status).toBe('ok');
  expect(measured).not.toHaveProperty('interval');
});

test('a statistic that a tenth of the draws lack has no interval; one that does not exist is skipped with its reason', () => {
  const onlyWithFirst = (of: readonly Row[]): number | undefined =>
    of.some(({ depth }) => depth === 0) ? 1 : undefined;
  expect(withDepthInterval(rows(24), onlyWithFirst, missing)).toEqual({ status: 'ok', value: 1, n: 24 });
  expect(withDepthInterval([], mean, missing)).toEqual({ status: 'skipped', ...missing });
});

test('n and note may be given', () => {
  expect(withDepthInterval(rows(7), mean, missing, { n: 3, note: 'why' })).toMatchObject({ n: 3, note: 'why' });
});
