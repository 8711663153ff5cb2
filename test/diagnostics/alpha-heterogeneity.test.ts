import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { alphaHeterogeneity } from '../../src/diagnostics/alpha-heterogeneity.ts';
import { layers } from './inputs.ts';

const along = (alphas: number[], role?: string) =>
  layers(
    alphas.map((alpha) => ({ alpha: ok(alpha) })),
    role,
  );

test('is 0 along a straight trend, and not moved by one spike in a long row', () => {
  expect(numberOf(alphaHeterogeneity.measure(along([3, 3.5, 4, 4.5, 5])))).toBeCloseTo(0, 12);
  expect(numberOf(alphaHeterogeneity.measure(along([3, 3, 3, 3, 9, 3, 3, 3, 3])))).toBe(0);
});

test('is 1.4826 times the median deviation of the steps, the median over kinds', () => {
  const jagged = along([3, 4, 3, 4, 3], 'v');
  const smooth = along([3, 3, 3, 3, 3], 'q');
  expect(numberOf(alphaHeterogeneity.measure(jagged))).toBeCloseTo(1.4826, 10);
  expect(alphaHeterogeneity.measure([...jagged, ...smooth])).toMatchObject({ value: expect.closeTo(0.7413, 10), n: 2 });
});

test('needs four consecutive layers', () => {
  expect(alphaHeterogeneity.measure(along([3, 4, 5]))).toMatchObject({ status: 'skipped', code: 'too-few-layers' });
});
