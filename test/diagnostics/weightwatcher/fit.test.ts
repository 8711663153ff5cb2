import { expect, test } from 'vitest';
import { fitColumns } from '../../../src/diagnostics/weightwatcher/fit.ts';

const columns = (...values: number[]): ReturnType<typeof fitColumns> => fitColumns(Float64Array.from(values));

test('a fit without two points is −1 in every column and over-trained, as −1 is below 2', () => {
  const failed = {
    alpha: -1,
    D: -1,
    sigma: -1,
    xmin: -1,
    xmax: null,
    num_pl_spikes: -1,
    status: 'failed',
    warning: 'over-trained',
  };
  for (const values of [[], [1], [0, 1e-5, 3]]) expect(columns(...values)).toEqual(failed);
});

test('below 8 points sigma is −1/√n; two points have alpha 1 + 1/ln(x₂/x₁)', () => {
  expect(columns(0, 1, Math.E)).toEqual({
    alpha: expect.closeTo(2, 12),
    D: expect.any(Number),
    sigma: -1 / Math.sqrt(2),
    xmin: 1,
    xmax: Math.E,
    num_pl_spikes: 2,
    status: 'success',
    warning: expect.any(String),
  });
});

test('fewer than 20 equal points are alpha 0, D 1, a success', () => {
  expect(columns(...new Array(12).fill(3))).toEqual({
    alpha: 0,
    D: 1,
    sigma: -1 / Math.sqrt(12),
    xmin: 3,
    xmax: 3,
    num_pl_spikes: 12,
    status: 'success',
    warning: 'over-trained',
  });
});

test('from 20 equal points on alpha is infinite, and under-trained', () => {
  expect(columns(...new Array(32).fill(3))).toMatchObject({
    alpha: Number.POSITIVE_INFINITY,
    D: 0.5,
    status: 'success',
    warning: 'under-trained',
  });
});

test('between 2 and 6 there is no warning', () => {
  const pareto = Array.from({ length: 100 }, (_, i) => (1 - (i + 0.5) / 100) ** -0.5).sort((a, b) => a - b);
  expect(columns(...pareto)).toMatchObject({ warning: '', xmax: pareto[99] });
});
