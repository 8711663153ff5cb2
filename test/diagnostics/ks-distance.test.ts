import { expect, test } from 'vitest';
import { ksDistance } from '../../src/diagnostics/ks-distance.ts';
import { spectrumInput } from './inputs.ts';

test('is ½ − e⁻¹ for any two points: fitted 1 − e⁻¹ at the second, empirical ½', () => {
  // n = 2: alpha − 1 = 1/ln(x₂/x₁), fitted 1 − e⁻¹ at x₂, empirical ½.
  expect(ksDistance.measure(spectrumInput([1, 7]))).toMatchObject({ value: expect.closeTo(0.5 - Math.exp(-1), 12) });
});

test('is small for exact Pareto quantiles and above 0.1 for an evenly spaced spectrum', () => {
  const pareto = Array.from({ length: 200 }, (_, i) => (1 - (i + 0.5) / 200) ** -0.5);
  const even = Array.from({ length: 200 }, (_, i) => 1 + i / 200);
  const [good, bad] = [pareto, even].map((values) => ksDistance.measure(spectrumInput(values)));
  expect(good?.status === 'ok' && good.value).toBeLessThan(0.01);
  expect(bad?.status === 'ok' && bad.value).toBeGreaterThan(0.1);
});
