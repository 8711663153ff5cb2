import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { effectiveRankEigen } from '../../src/diagnostics/effective-rank-eigen.ts';
import { spectrumInput } from './inputs.ts';

test('is M for equal eigenvalues, 1 for one, and that of NumPy in between', () => {
  expect(numberOf(effectiveRankEigen.measure(spectrumInput([3, 3, 3, 3])))).toBeCloseTo(4, 12);
  expect(numberOf(effectiveRankEigen.measure(spectrumInput([0, 0, 9])))).toBeCloseTo(1, 12);
  // l = np.array([5, 3, 2, 1, .5])**2; p = l / l.sum(); np.exp(-(p * np.log(p)).sum())
  const input = spectrumInput([5, 3, 2, 1, 0.5].map((value) => value ** 2));
  expect(numberOf(effectiveRankEigen.measure(input))).toBeCloseTo(2.6736413998292017, 12);
});
