import { expect, test } from 'vitest';
import { logSpectralNorm } from '../../src/diagnostics/log-spectral-norm.ts';
import { spectrumInput } from './inputs.ts';

test('is the exponent of ten of the largest eigenvalue', () => {
  expect(logSpectralNorm.measure(spectrumInput([1, 50, 1000]))).toMatchObject({ value: expect.closeTo(3, 12) });
});

test('a zero matrix has none', () => {
  expect(logSpectralNorm.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'skipped', code: 'zero-matrix' });
});
