import { expect, test } from 'vitest';
import { bulkEdge, marchenkoPasturMedian } from '../../src/diagnostics/marchenko-pastur.ts';

// scipy 1.17.1: brentq(lambda m: quad(density, lower, m, limit=500)[0] - .5, lower, upper)
test.each([
  [1, 0.6527759416335635],
  [0.5, 0.8304658815832398],
  [0.3, 0.8990313906877564],
  [0.1, 0.9665651474028365],
])('the median at ratio %s is %s', (beta, expected) => {
  expect(marchenkoPasturMedian(beta)).toBeCloseTo(expected, 6);
});

test('a median eigenvalue at its place gives the edge of unit variance, (√N + √M)²', () => {
  const eigenvalues = Float64Array.of(0, 400 * marchenkoPasturMedian(0.25), 1e9);
  expect(bulkEdge(eigenvalues, 400, 100)).toBeCloseTo((20 + 10) ** 2, 8);
  expect(bulkEdge(new Float64Array(0), 0, 4)).toBe(0);
});
