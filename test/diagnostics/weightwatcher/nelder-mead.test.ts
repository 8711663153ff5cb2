import { expect, test } from 'vitest';
import { minimizeScalar } from '../../../src/diagnostics/weightwatcher/nelder-mead.ts';

test('finds the lowest point of a valley to within the tolerance', () => {
  expect(minimizeScalar((x) => (x - 3) ** 2, 1)).toBeCloseTo(3, 3);
  expect(minimizeScalar((x) => Math.abs(x + 2), 5)).toBeCloseTo(-2, 3);
});

test('ends at the point of scipy.optimize.fmin', () => {
  // scipy 1.17.1: fmin(lambda x: (x[0]**2 - 2)**2, [0.7]), fmin(lambda x: math.cosh(x[0] - 0.3), [0.0]).
  expect(minimizeScalar((x) => (x * x - 2) ** 2, 0.7)).toBeCloseTo(1.414218750000002, 14);
  expect(minimizeScalar((x) => Math.cosh(x - 0.3), 0)).toBeCloseTo(0.30000000000000027, 14);
});

test('stays where nothing is lower', () => {
  expect(minimizeScalar(() => 1, 2)).toBe(2);
});
