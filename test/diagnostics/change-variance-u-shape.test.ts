import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { changeVarianceUShape } from '../../src/diagnostics/change-variance-u-shape.ts';
import { layers } from './inputs.ts';

const along = (logs: readonly number[], role?: string) =>
  layers(
    logs.map((value) => ({ change_variance: ok(Math.exp(value)) })),
    role,
  );

test('of a planted U is the logarithm of ends over middle, whatever the slope and the level of a kind', () => {
  const u = (level: number, slope: number): number[] =>
    Array.from({ length: 9 }, (_, depth) => level + slope * (depth / 4 - 1) + 0.7 * (depth / 4 - 1) ** 2);
  const measured = changeVarianceUShape.measure([...along(u(-9, 0.3), 'v'), ...along(u(-4, 0.3), 'up')]);
  expect(measured).toMatchObject({
    value: expect.closeTo(0.7, 10),
    interval: { low: expect.closeTo(0.7, 6), high: expect.closeTo(0.7, 6) },
  });
});

test('of noise is that of np.linalg.lstsq with an intercept for each kind', () => {
  const [v, up] = [
    [2.041, -2.556, 0.418, -0.568, -0.453, -0.216, -2.02, -0.232, -0.865],
    [3.323, 0.226, -0.353, -0.281, -0.668, -1.055, -0.391, 0.482, -0.239],
  ];
  const matrices = [...along(v, 'v'), ...along(up, 'up')];
  expect(numberOf(changeVarianceUShape.measure(matrices))).toBeCloseTo(1.5753073593073592, 10);
  expect(Object.keys(changeVarianceUShape.parts?.(matrices) ?? {})).toEqual(['v', 'up']);
});

test('three changed layers have no curve, and an unchanged matrix counts in none', () => {
  expect(changeVarianceUShape.measure(along([1, 2, 3]))).toMatchObject({ status: 'skipped', code: 'too-few-layers' });
  expect(changeVarianceUShape.measure(layers(new Array(9).fill({ change_variance: ok(0) })))).toMatchObject({
    status: 'skipped',
  });
});
