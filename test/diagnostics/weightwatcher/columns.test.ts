import { expect, test } from 'vitest';
import { columnOrder, layerColumns, summaryOf } from '../../../src/diagnostics/weightwatcher/columns.ts';
import { selectLayers } from '../../../src/diagnostics/weightwatcher/selection.ts';

// The numbers themselves are compared with the package in test/reference/compat.test.ts.
const layer = (shape: number[]) => {
  const found = selectLayers([{ name: 'a.weight', dtype: 'F32', shape, file: 'm', begin: 0, end: 0 }], {
    minEvals: 0,
    maxEvals: 0,
    maxN: 1e9,
  }).layers[0];
  if (!found) throw new Error('not selected');
  return found;
};

test('has squared norms of a diagonal matrix, ranks, and log10 of both norms', () => {
  expect(layerColumns(layer([3, 5]), [Float64Array.of(0, 10, 90)])).toMatchObject({
    name: 'a',
    N: 5,
    M: 3,
    Q: 5 / 3,
    norm: 100,
    log_norm: 2,
    spectral_norm: 90,
    stable_rank: 100 / 90,
    matrix_rank: 2,
    rank_loss: 1,
    weak_rank_loss: 1,
    sv_max: Math.sqrt(90),
    sv_min: 0,
    num_evals: 3,
  });
});

test('halves and pools the eigenvalues of a convolution; sv_min is the largest of the smallest', () => {
  const row = layerColumns(layer([3, 2, 1, 2]), [Float64Array.of(2, 18), Float64Array.of(8, 10)]);
  expect(row).toMatchObject({ norm: 19, lambda_max: 9, sv_max: 3, sv_min: 2, num_evals: 4, rf: 2 });
});

test('a zero matrix has NaN and −∞ where WeightWatcher has them', () => {
  expect(layerColumns(layer([4, 4]), [new Float64Array(4)])).toMatchObject({
    alpha: -1,
    stable_rank: Number.NaN,
    entropy: Number.NaN,
    log_norm: Number.NEGATIVE_INFINITY,
    log_alpha_norm: Number.POSITIVE_INFINITY,
    matrix_rank: 0,
  });
});

test('orders columns by name, capitals first, behind layer_id and name', () => {
  expect(
    columnOrder([
      { alpha: 1, name: 'x', D: 1 },
      { layer_id: 0, Q: 1 },
    ]),
  ).toEqual(['layer_id', 'name', 'D', 'Q', 'alpha']);
});

test('averages failed fits in, and leaves NaN out, as the mean of a data frame does', () => {
  const rows = [
    { alpha: 6.29, stable_rank: 3 },
    { alpha: -1, stable_rank: Number.NaN },
  ];
  expect(summaryOf(rows)).toEqual({ alpha: expect.closeTo(2.645, 12), stable_rank: 3 });
});
