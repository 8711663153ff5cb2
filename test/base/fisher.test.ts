import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fisherExact } from '../../src/base/fisher.ts';
import { exactMcNemar } from '../../src/base/mcnemar.ts';
import { signInterval } from '../../src/base/sign-interval.ts';

interface Reference {
  fisher: { k: number; n: number; j: number; m: number; p: number }[];
  sign: { below: number; n: number; p: number }[];
  signInterval: { values: number[]; median: number; low: number | null; high: number | null }[];
}
/** Written by trajectories.py from scipy. */
const reference = JSON.parse(readFileSync('test/reference/trajectories.json', 'utf8')) as Reference;

test.each(reference.fisher)('Fisher, $k of $n against $j of $m, is what scipy gives', ({ k, n, j, m, p }) => {
  expect(Math.abs(fisherExact(k, n, j, m) - p) / Math.max(p, 1e-300)).toBeLessThan(1e-8);
  expect(fisherExact(j, m, k, n)).toBeCloseTo(p, 9);
});

test.each(reference.sign)('sign test, $below of $n below', ({ below, n, p }) => {
  expect(exactMcNemar(below, n - below)).toBeCloseTo(p, 12);
});

test.each(reference.signInterval)('the median and its sign interval', ({ values, median, low, high }) => {
  const own = signInterval(values);
  expect(own).toMatchObject({ status: 'ok', n: values.length });
  if (own.status !== 'ok') return;
  expect(own.value).toBeCloseTo(median, 12);
  expect([own.interval?.low ?? null, own.interval?.high ?? null]).toEqual([low, high]);
});

test('no values, no median', () => {
  expect(signInterval([])).toMatchObject({ status: 'skipped' });
});
