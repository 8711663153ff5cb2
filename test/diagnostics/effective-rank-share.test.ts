import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { effectiveRankShare } from '../../src/diagnostics/effective-rank-share.ts';
import { spectrumInput } from './inputs.ts';

test('is 1 for equal singular values, k/M for k equal ones of M, and that of NumPy in between', () => {
  expect(numberOf(effectiveRankShare.measure(spectrumInput([4, 4, 4])))).toBeCloseTo(1, 12);
  expect(numberOf(effectiveRankShare.measure(spectrumInput([0, 0, 7, 7])))).toBeCloseTo(0.5, 12);
  // s = np.array([5, 3, 2, 1, .5]); p = s / s.sum(); np.exp(-(p * np.log(p)).sum()) / 5
  const input = spectrumInput([5, 3, 2, 1, 0.5].map((value) => value ** 2));
  expect(numberOf(effectiveRankShare.measure(input))).toBeCloseTo(0.783603988413141, 12);
});

test('has none for a zero matrix', () => {
  expect(effectiveRankShare.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'skipped', code: 'zero-matrix' });
});
