import { expect, test } from 'vitest';
import { linearDensity } from '../../../src/diagnostics/weightwatcher/linear-density.ts';

test('one point makes a triangle of height 1/h, and 0 from its feet on', () => {
  const grid = Float64Array.of(0, 1.5, 1.75, 2, 2.25, 2.5, 4);
  expect([...linearDensity(Float64Array.of(2), grid, 0.5)]).toEqual([0, 0, 1, 2, 1, 0, 0]);
});

test('has mass 1', () => {
  const grid = Float64Array.from({ length: 5001 }, (_, i) => i / 1000);
  const density = linearDensity(Float64Array.of(1, 1.01, 2, 2, 3.3), grid, 0.1);
  expect(density.reduce((sum, value) => sum + value, 0) / 1000).toBeCloseTo(1, 6);
});
