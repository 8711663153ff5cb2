import { expect, test } from 'vitest';
import { alphaHillHalf } from '../../src/diagnostics/alpha-hill-half.ts';
import { spectrumInput } from './inputs.ts';

test('recovers the exponent of Pareto quantiles, whose upper half is a Pareto sample again', () => {
  const planted = Array.from({ length: 2000 }, (_, i) => (1 - (i + 0.5) / 2000) ** (-1 / 1.5));
  expect(alphaHillHalf.measure(spectrumInput(planted))).toMatchObject({ value: expect.closeTo(2.5, 1), n: 1000 });
});

test('is 1 + m/Σ ln(λ/xmin), xmin between the two middle values where their number is even', () => {
  // Median 3; the tail is e.g. 4 and 8.
  const expected = 1 + 2 / (Math.log(4 / 3) + Math.log(8 / 3));
  expect(alphaHillHalf.measure(spectrumInput([1, 2, 4, 8]))).toMatchObject({
    value: expect.closeTo(expected, 12),
    n: 2,
  });
  const odd = 1 + 3 / (Math.log(2) + Math.log(4));
  expect(alphaHillHalf.measure(spectrumInput([0, 1, 2, 4, 8]))).toMatchObject({ value: expect.closeTo(odd, 12), n: 3 });
});

test('has no value for equal, zero or mostly zero spectra', () => {
  expect(alphaHillHalf.measure(spectrumInput([2, 2, 2]))).toMatchObject({ code: 'alpha-infinite' });
  expect(alphaHillHalf.measure(spectrumInput([0, 0]))).toMatchObject({ code: 'zero-matrix' });
  expect(alphaHillHalf.measure(spectrumInput([0, 0, 0, 5]))).toMatchObject({ code: 'median-zero' });
});
