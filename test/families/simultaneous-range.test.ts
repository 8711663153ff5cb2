import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { capabilityAsymmetryIndex, effectiveFamilies } from '../../src/families/concentration.ts';
import { simultaneousRange } from '../../src/families/simultaneous-range.ts';
import { estimatesOf } from './axis.ts';

test('with equal task counts the half-width is Tukey’s studentised range', () => {
  const five = { a: [12, 9, 15, 10], b: [8, 13, 11, 14], c: [6, 3, 8, 5], d: [7, 9, 4, 2], e: [1, 3, -2, 0] };
  const range = simultaneousRange(estimatesOf(five), 40_000, randomStream(2));
  if (range.status !== 'ok' || !range.interval) throw new Error('no interval');
  expect(range.value).toBeCloseTo(11.5 - 0.5, 12);
  // scipy.stats.studentized_range.ppf(.95, 5, 15)/sqrt(2)
  expect(((range.interval.high - range.value) / (range.se ?? 0) / 3.087924489892978 - 1) * 100).toBeCloseTo(0, -1);
  expect(Math.abs((range.interval.high - range.value) / (range.se ?? 0) - 3.087924489892978)).toBeLessThan(0.05);
});

describe('how concentrated gains are', () => {
  test('five equal gains count as five families, one gain among zeros as one', () => {
    expect(effectiveFamilies([4, 4, 4, 4, 4])).toMatchObject({ value: 5 });
    expect(effectiveFamilies([20, 0, 0, -3])).toMatchObject({ value: 1 });
    expect(effectiveFamilies([0.2, -4])).toMatchObject({ status: 'skipped', code: 'no-gain' });
  });

  test('the asymmetry index is 0 for an even gain, 1 for dispersion without a gain, and undefined for neither', () => {
    expect([capabilityAsymmetryIndex(0, 10), capabilityAsymmetryIndex(10, 0), capabilityAsymmetryIndex(0, 0)]).toEqual([
      expect.objectContaining({ value: 0 }),
      expect.objectContaining({ value: 1 }),
      expect.objectContaining({ status: 'skipped' }),
    ]);
  });
});
