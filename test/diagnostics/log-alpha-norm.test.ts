import { expect, test } from 'vitest';
import { logAlphaNorm, logPowerSum } from '../../src/diagnostics/log-alpha-norm.ts';
import { spectrumInput } from './inputs.ts';

test('is log10 of the sum of powers', () => {
  expect(logPowerSum(Float64Array.of(1, 2, 3), 2)).toBeCloseTo(Math.log10(14), 12);
  expect(logPowerSum(Float64Array.of(0, 10), 3)).toBeCloseTo(3, 12);
});

test('stays finite where the powers themselves leave the range of numbers', () => {
  expect(logPowerSum(Float64Array.of(1, 1e10), 500)).toBeCloseTo(5000, 9);
  expect(logPowerSum(Float64Array.of(1e-10, 1e-9), 500)).toBeCloseTo(-4500, 9);
});

test('takes the exponent of the fit, and fails with it', () => {
  const input = spectrumInput([1, Math.E]);
  // α of two points is 1 + 1/ln(x₂/x₁) = 2 here.
  expect(logAlphaNorm.measure(input)).toMatchObject({ value: expect.closeTo(Math.log10(1 + Math.E ** 2), 9) });
  expect(logAlphaNorm.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'failed', code: 'fit-failed' });
});
