import { expect, test } from 'vitest';
import { effectiveRank } from '../../src/diagnostics/effective-rank.ts';
import { spectrumInput } from './inputs.ts';

test('is the number of directions where they are equal, zeros apart', () => {
  expect(effectiveRank.measure(spectrumInput([4, 4, 4]))).toMatchObject({ value: expect.closeTo(3, 12) });
  expect(effectiveRank.measure(spectrumInput([0, 0, 9]))).toMatchObject({ value: 1, n: 3 });
});

test('weighs singular values, not eigenvalues: 1 and 9 are shares ¼ and ¾', () => {
  const entropy = -(0.25 * Math.log(0.25) + 0.75 * Math.log(0.75));
  expect(effectiveRank.measure(spectrumInput([1, 9]))).toMatchObject({ value: expect.closeTo(Math.exp(entropy), 12) });
});

test('a zero matrix has none', () => {
  expect(effectiveRank.measure(spectrumInput([0]))).toMatchObject({ status: 'skipped', code: 'zero-matrix' });
});
