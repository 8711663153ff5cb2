import { expect, test } from 'vitest';
import { stableRank } from '../../src/diagnostics/stable-rank.ts';
import { spectrumInput } from './inputs.ts';

test('is the sum of eigenvalues over the largest', () => {
  expect(stableRank.measure(spectrumInput([1, 3, 4]))).toMatchObject({ value: 2, n: 3 });
  expect(stableRank.measure(spectrumInput([5, 5, 5, 5]))).toMatchObject({ value: 4 });
});

test('a zero matrix has none', () => {
  expect(stableRank.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'skipped', code: 'zero-matrix' });
});
