import { expect, test } from 'vitest';
import { logNorm } from '../../src/diagnostics/log-norm.ts';
import { spectrumInput } from './inputs.ts';

test('is the decimal logarithm of the squared Frobenius norm', () => {
  expect(logNorm.measure(spectrumInput([40, 60]))).toMatchObject({ value: expect.closeTo(2, 12) });
  expect(logNorm.measure(spectrumInput([0]))).toMatchObject({ status: 'skipped' });
});
