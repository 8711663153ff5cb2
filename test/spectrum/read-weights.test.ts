import { expect, test } from 'vitest';
import { readWeights } from '../../src/spectrum/read-weights.ts';
import { tensorFile } from './tensor-file.ts';

const stored = tensorFile(
  Array.from({ length: 24 }, (_, i) => i),
  [4, 6],
);

test('reads a view row by row, its digits most significant first', async () => {
  // The stored numbers as [2, 3, 2, 2]; rows take axes 0 and 2, columns axis 1, at index 1 of axis 3.
  const view = {
    offset: 1,
    rows: [
      { size: 2, stride: 12 },
      { size: 2, stride: 2 },
    ],
    cols: [{ size: 3, stride: 4 }],
  };
  expect([...(await readWeights({ ...stored, shape: [4, 3], view }))]).toEqual([
    1, 5, 9, 3, 7, 11, 13, 17, 21, 15, 19, 23,
  ]);
});

test('a transposed view is the transposed matrix', async () => {
  const view = { offset: 0, rows: [{ size: 6, stride: 1 }], cols: [{ size: 4, stride: 6 }] };
  const turned = await readWeights({ ...stored, shape: [6, 4], view });
  expect([...turned.slice(0, 4)]).toEqual([0, 6, 12, 18]);
});
