import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { giniOfGains } from '../../src/families/concentration.ts';
import { resampleFamilies } from '../../src/families/resample-families.ts';
import { Resampled } from '../../src/families/resampled.ts';
import { spreadStatistics } from '../../src/families/spread-statistics.ts';
import { fiveFamilies, groupsOf } from './axis.ts';

const range = (estimates: { families: readonly { mean: number }[] }): number => {
  const means = estimates.families.map((family) => family.mean);
  return Math.max(...means) - Math.min(...means);
};
const resampled = (families: Readonly<Record<string, readonly number[]>>, draws = 1000) =>
  resampleFamilies(
    groupsOf(families),
    (table) => spreadStatistics(table, range, 'gain', defaultConstants),
    draws,
    randomStream(5),
  );

describe('five families of which two gained', () => {
  const result = resampled(fiveFamilies);

  test('have their statistics, with intervals around them', () => {
    expect(Object.values(result).flatMap((entry) => problemsOf(Resampled, entry))).toEqual([]);
    expect(numberOf(result.S.value)).toBeCloseTo(7.5, 12);
    // Tasks within a family and item noise: SD of a family mean of four √(s²·3/4/4 + 4/4), numpy
    for (const key of ['Q', 'F', 'S', 'tau'] as const) {
      const { value } = result[key];
      if (value.status !== 'ok' || !value.interval) throw new Error(key);
      expect(value.interval.low).toBeLessThan(value.value);
      expect(value.interval.high).toBeGreaterThan(value.value);
    }
  });

  test('lie outside of what the same noise gives without a difference', () => {
    expect(numberOf(result.S.value)).toBeGreaterThan(result.S.null?.high ?? Number.POSITIVE_INFINITY);
    expect(result.tau.exceeded).toBeLessThan(0.01);
    expect(result.F.null?.median).toBeLessThan(2);
  });
});

test('without a difference the value lies within its null distribution, though it is not 0', () => {
  const result = resampled({ a: [4, 7, 5], b: [6, 3, 6], c: [5, 5, 4], d: [7, 4, 5] });
  expect(numberOf(result.S.value)).toBeGreaterThan(0);
  expect(result.S.exceeded).toBeGreaterThan(0.05);
  expect(result.Q.exceeded).toBeGreaterThan(0.05);
});

test('two families have a contrast and tests, and no dispersion', () => {
  const result = resampled({ a: [4, 7, 5], b: [6, 3, 6] }, 50);
  expect(result.S.value.status).toBe('ok');
  for (const key of ['tau', 'CAI', 'effectiveFamilies', 'gini'] as const)
    expect(result[key]).toMatchObject({ value: { status: 'skipped' }, null: null, exceeded: null });
});

test('equal seeds give equal draws', () => {
  expect(resampled(fiveFamilies, 50)).toEqual(resampled(fiveFamilies, 50));
});

test('Gini is 0 for even gains, 1 − 1/F for a single one, and not defined without a gain', () => {
  expect(numberOf(giniOfGains([3, 3, 3]))).toBe(0);
  expect(numberOf(giniOfGains([8, 0, -5, 0]))).toBe(0.75);
  expect(numberOf(giniOfGains([1, 2, 3, 4]))).toBeCloseTo(0.25, 12);
  expect(giniOfGains([0.3, -4])).toMatchObject({ code: 'no-gain' });
});
