import { expect, test } from 'vitest';
import { matrixRank, rankOf } from '../../src/diagnostics/matrix-rank.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { gaussian, spectrumInput } from './inputs.ts';

test.each([1, 3, 12, 20])('a product of rank %i has that rank', (rank) => {
  const [left, right] = [gaussian(30, rank, 1), gaussian(rank, 20, 2)];
  const product = Float64Array.from({ length: 600 }, (_, at) => {
    const [i, j] = [Math.floor(at / 20), at % 20];
    return Array.from(
      { length: rank },
      (_, k) => (left[i * rank + k] as number) * (right[k * 20 + j] as number),
    ).reduce((a, b) => a + b);
  });
  const eigenvalues = gramEigenvalues(product, 30, 20);
  expect(matrixRank.measure({ ...spectrumInput(eigenvalues), rows: 30, cols: 20 })).toMatchObject({
    value: rank,
    n: 20,
  });
});

test('counts singular values above s_max · N · 2⁻⁵², not those at it', () => {
  const tolerance = 4 * 100 * 2 ** -52;
  const squares = [tolerance, tolerance * 1.01, 4].map((value) => value * value);
  expect(rankOf(Float64Array.from(squares), 100)).toBe(2);
  expect(rankOf(Float64Array.of(0, 0), 5)).toBe(0);
});
