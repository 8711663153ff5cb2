import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { tridiagonalEigenvalues } from '../../src/diagnostics/tridiagonal-eigenvalues.ts';
import { gaussian } from './inputs.ts';

test.each([1, 2, 3, 10, 101])('the second difference of size %i has eigenvalues 2 − 2 cos(kπ/(n+1))', (n) => {
  const found = tridiagonalEigenvalues(new Float64Array(n).fill(2), new Float64Array(n - 1).fill(-1));
  found.forEach((value, k) => {
    expect(value).toBeCloseTo(2 - 2 * Math.cos(((k + 1) * Math.PI) / (n + 1)), 12);
  });
});

test('agrees with a dense decomposition, blocks that do not touch included', () => {
  const diagonal = gaussian(60, 1, 3);
  const beside = gaussian(59, 1, 4).map((value, i) => (i % 13 === 5 ? 0 : value));
  const dense = Matrix.zeros(60, 60);
  diagonal.forEach((value, i) => void dense.set(i, i, value));
  beside.forEach((value, i) => {
    dense.set(i, i + 1, value);
    dense.set(i + 1, i, value);
  });
  const expected = new EigenvalueDecomposition(dense).realEigenvalues.sort((a, b) => a - b);
  tridiagonalEigenvalues(diagonal, beside).forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 11);
  });
});
