import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { lambdaMinDepthTrend } from '../../src/diagnostics/lambda-min-depth-trend.ts';
import { layers } from './inputs.ts';

const along = (values: readonly number[], role?: string) =>
  layers(
    values.map((value) => ({ xmin: ok(value), lambda_min_over_mean: ok(1 / value) })),
    role,
  );

test('is Kendall τ along depth, the median over kinds, and that of λ_min over the mean as a part', () => {
  const rising = along([1, 2, 3, 5, 8], 'up');
  const mixed = along([2, 1, 4, 3, 5], 'v');
  expect(numberOf(lambdaMinDepthTrend.measure(rising))).toBe(1);
  // scipy 1.17.1: kendalltau([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]) is 0.6
  expect(numberOf(lambdaMinDepthTrend.measure([...rising, ...mixed]))).toBeCloseTo(0.8, 12);
  expect(numberOf(lambdaMinDepthTrend.parts?.(rising).over_mean)).toBe(-1);
});

test('an ordered trend over many layers has an interval of its own value', () => {
  const measured = lambdaMinDepthTrend.measure(along(Array.from({ length: 20 }, (_, depth) => depth + 1)));
  expect(measured).toMatchObject({ value: 1, interval: { low: 1, high: 1 } });
});

test('three layers have no trend', () => {
  expect(lambdaMinDepthTrend.measure(along([1, 2, 3]))).toMatchObject({ status: 'skipped', code: 'too-few-layers' });
});
