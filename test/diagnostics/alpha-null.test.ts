import { expect, test } from 'vitest';
import { alphaNull } from '../../src/diagnostics/alpha-null.ts';
import { spectrumInput } from './inputs.ts';

const nullOf = (rows: number, cols: number) => alphaNull.measure({ ...spectrumInput([1, 2]), rows, cols });

test.each([
  [64, 64, 75],
  [128, 128, 68],
  [128, 512, 25],
])(
  'of %i × %i Gaussian matrices about %i %% lie in 2 to 6, as METHOD § 5.5 found with matrices of its own',
  (rows, cols, share) => {
    const measured = nullOf(rows, cols);
    const found = Number(measured.status === 'ok' && measured.note?.match(/^(\d+) %/)?.[1]);
    // Two samples of 200 differ by more than 3.3 standard errors in 1 of 1000 cases.
    expect(Math.abs(found - share)).toBeLessThan(3.3 * 100 * Math.sqrt((2 * (share / 100) * (1 - share / 100)) / 200));
    expect(measured).toMatchObject({ n: 200, interval: { level: 0.9 } });
  },
);

test('is the same for a matrix and its transpose, and each time', () => {
  expect(nullOf(40, 30)).toEqual(nullOf(30, 40));
});

test('takes fewer draws of larger matrices and none of the largest', () => {
  expect(nullOf(500, 520)).toMatchObject({ status: 'ok', n: 80 });
  expect(nullOf(1025, 2000)).toMatchObject({ status: 'skipped', code: 'shape-large' });
  expect(nullOf(1, 9)).toMatchObject({ status: 'skipped', code: 'shape-small' });
  expect(nullOf(0, 9)).toMatchObject({ status: 'skipped', code: 'shape-small' });
});
