import { expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { bestAssignment } from '../../../src/diagnostics/symmetry/assignment.ts';

/** Every order of 0..n−1. */
function orders(n: number): number[][] {
  if (n === 0) return [[]];
  return orders(n - 1).flatMap((order) =>
    Array.from({ length: n }, (_, at) => [...order.slice(0, at), n - 1, ...order.slice(at)]),
  );
}

test('is as good as the best of all orders, ties and negative scores included', () => {
  const random = randomStream(1);
  for (let trial = 0; trial < 60; trial++) {
    const n = 1 + (trial % 6);
    const scores = Float64Array.from({ length: n * n }, () => (trial % 3 === 0 ? random.below(3) : random.normal()));
    const total = (columns: readonly number[]): number =>
      columns.reduce((sum, column, row) => sum + (scores[row * n + column] as number), 0);
    const found = bestAssignment(scores, n);
    expect([...found].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, index) => index));
    expect(total(found)).toBeCloseTo(Math.max(...orders(n).map(total)), 12);
  }
});

// scipy 1.17.1: rng = np.random.default_rng(0); linear_sum_assignment(rng.integers(0, 100, (8, 8)), maximize=True)
test('gives the total that scipy.optimize.linear_sum_assignment gives', () => {
  const scores = [
    85, 63, 51, 26, 30, 4, 7, 1, 17, 81, 64, 91, 50, 60, 97, 72, 63, 54, 55, 93, 27, 81, 67, 0, 39, 85, 55, 3, 76, 72,
    84, 17, 8, 86, 2, 54, 8, 29, 48, 42, 40, 2, 0, 12, 0, 67, 52, 64, 25, 61, 76, 38, 46, 99, 80, 98, 37, 68, 95, 65,
    84, 68, 70, 38,
  ];
  const found = bestAssignment(scores, 8);
  expect(found.reduce((sum, column, row) => sum + (scores[row * 8 + column] as number), 0)).toBe(697);
});

test('no rows, no assignment', () => {
  expect(bestAssignment([], 0)).toEqual([]);
});
