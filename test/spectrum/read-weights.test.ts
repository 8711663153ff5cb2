import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesOf } from '../../src/checkpoint/bytes.ts';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';
import { readWeights, weightsFrom } from '../../src/spectrum/read-weights.ts';

/** Float64 numbers in memory as a tensor; the file is named after the tensor. */
const files = new Map<string, Uint8Array>();
const stored = (name: string, shape: readonly number[], values: readonly number[]): TensorLocation => {
  files.set(name, new Uint8Array(Float64Array.from(values).buffer));
  return { name, dtype: 'F64', shape, file: name, begin: 0, end: values.length * 8 };
};
const eightBit = (name: string, dtype: string, shape: readonly number[], bytes: readonly number[]): TensorLocation => {
  files.set(name, Uint8Array.from(bytes));
  return { name, dtype, shape, file: name, begin: 0, end: bytes.length };
};
const read = (location: TensorLocation): number[] => [
  ...weightsFrom(location, (file) => bytesOf(files.get(file) ?? new Uint8Array())),
];
const count = (length: number): number[] => Array.from({ length }, (_, index) => index);

describe('a view', () => {
  const twelve = stored('twelve', [3, 4], count(12));

  test('may transpose, skip, reverse and take a column', () => {
    const of = (shape: readonly number[], offset: number, row: number, col: number): number[] =>
      read({
        ...twelve,
        shape,
        view: {
          offset,
          rows: [{ size: shape[0] as number, stride: row }],
          cols: [{ size: shape[1] as number, stride: col }],
        },
      });
    expect(of([4, 3], 0, 1, 4)).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    expect(of([2, 2], 1, 8, 2)).toEqual([1, 3, 9, 11]);
    expect(of([3, 4], 11, -4, -1)).toEqual(count(12).reverse());
    expect(of([3, 1], 2, 4, 1)).toEqual([2, 6, 10]);
  });

  test('may have digits: the middle third of each head', () => {
    // [2 heads, 3 parts, 2 rows, 2 columns], part 1.
    const fused = stored('fused', [12, 2], count(24));
    const middle = {
      offset: 4,
      rows: [
        { size: 2, stride: 12 },
        { size: 2, stride: 2 },
      ],
      cols: [{ size: 2, stride: 1 }],
    };
    expect(read({ ...fused, shape: [4, 2], view: middle })).toEqual([4, 5, 6, 7, 16, 17, 18, 19]);
  });

  test.each<[string, number[], number, number, number]>([
    ['ends after the stored numbers', [3, 4], 1, 4, 1],
    ['begins before them', [3, 4], 3, -4, 1],
    ['repeats them', [1000, 1000], 0, 0, 0],
    ['has strides beyond all bounds', [2, 2], 0, 2 ** 53, 1],
    ['has another shape than the matrix', [2, 2, 1], 0, 2, 1],
    ['begins between two numbers', [1, 1], 0.5, 1, 1],
  ])('that %s is refused', (_, shape, offset, row, col) => {
    const [rows = 0, cols = 0] = shape;
    const view = { offset, rows: [{ size: rows, stride: row }], cols: [{ size: cols, stride: col }] };
    expect(() => read({ ...twelve, shape, view })).toThrow(expect.objectContaining({ code: 'tensor-inconsistent' }));
  });

  test('reads no byte outside its extent', () => {
    const asked: [number, number][] = [];
    const view = { offset: 4, rows: [{ size: 1, stride: 4 }], cols: [{ size: 4, stride: 1 }] };
    const bytes = bytesOf(files.get('twelve') as Uint8Array);
    weightsFrom({ ...twelve, shape: [1, 4], view }, () => ({
      ...bytes,
      read: (begin, end) => {
        asked.push([begin, end]);
        return bytes.read(begin, end);
      },
    }));
    expect(asked).toEqual([[32, 64]]);
  });
});

describe('scales', () => {
  // 1.0 is 0x38 and 2.0 0x40 in E4M3.
  const ones = eightBit('ones', 'F8_E4M3', [3, 4], [...new Array(11).fill(0x38), 0x40]);
  const scaled = (
    shape: readonly number[],
    values: readonly number[],
    blockRows: number,
    blockCols: number,
  ): number[] => read({ ...ones, scaled: { scale: stored('scale', shape, values), blockRows, blockCols } });

  test('may be one for all, one a row, and one a block with a cut one at the edge', () => {
    expect(scaled([1, 1], [0.5], 3, 4)).toEqual([...new Array(11).fill(0.5), 1]);
    expect(scaled([3, 1], [1, 2, 3], 1, 4)).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 6]);
    expect(scaled([2, 2], [1, 2, 3, 4], 2, 2)).toEqual([1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 8]);
  });

  test('that do not cover the matrix are refused', () => {
    expect(() => scaled([1, 1], [1], 2, 4)).toThrow(expect.objectContaining({ code: 'tensor-inconsistent' }));
    expect(() => scaled([1, 1], [1], 0, 4)).toThrow(expect.objectContaining({ code: 'tensor-inconsistent' }));
  });
});

describe('low-rank updates', () => {
  const base = stored('base', [2, 3], [0, 0, 0, 1, 1, 1]);

  test('add factor · B A', () => {
    const update = { a: stored('a', [2, 3], [1, 2, 3, 0, 1, 0]), b: stored('b', [2, 2], [1, 0, 2, 10]), factor: 0.5 };
    expect(read({ ...base, updates: [update, update] })).toEqual([1, 2, 3, 3, 15, 7]);
  });

  test('of another shape are refused', () => {
    const update = { a: stored('a', [2, 2], [1, 2, 3, 4]), b: stored('b', [2, 2], [1, 0, 2, 10]), factor: 1 };
    expect(() => read({ ...base, updates: [update] })).toThrow(
      expect.objectContaining({ code: 'tensor-inconsistent' }),
    );
  });
});

test('quantised blocks are read through views that cut them', () => {
  // d = 1, q = 0 … 31 in one Q8_0 block; rows of 32.
  const block = [0x00, 0x3c, ...count(32)];
  const weights = eightBit('q8', 'Q8_0', [2, 32], [...block, ...block]);
  expect(read(weights)).toEqual([...count(32), ...count(32)]);
  const view = { offset: 30, rows: [{ size: 2, stride: 2 }], cols: [{ size: 2, stride: 1 }] };
  expect(read({ ...weights, shape: [2, 2], view })).toEqual([30, 31, 0, 1]);
});

test('E5M2 infinities are counted', () => {
  expect(() => read(eightBit('inf', 'F8_E5M2', [1, 3], [0x7c, 0xfc, 0x7f]))).toThrow(
    expect.objectContaining({ code: 'weights-not-finite', message: expect.stringContaining('1 NaN and 2 infinite') }),
  );
});

test('a whole shape of 0 rows is an empty array, and a claimed shape of 10¹² is refused before it is allocated', () => {
  expect(read(stored('none', [0, 5], []))).toEqual([]);
  expect(() => read({ ...stored('huge', [1, 1], [1]), shape: [1e6, 1e6] })).toThrow(
    expect.objectContaining({ code: 'tensor-inconsistent' }),
  );
});

test('a file is opened, read and closed', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'skiagram-weights-')), 'w');
  writeFileSync(file, new Uint8Array(Float32Array.of(1, 2).buffer));
  const location = { name: 'w', dtype: 'F32', shape: [1, 2], file, begin: 0, end: 8 };
  expect([...(await readWeights(location))]).toEqual([1, 2]);
  await expect(readWeights({ ...location, end: 16 })).rejects.toMatchObject({ code: 'file-truncated' });
  await expect(readWeights({ ...location, file: `${file}-none` })).rejects.toMatchObject({ code: 'file-unreadable' });
});
