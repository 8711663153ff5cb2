import { expect, test } from 'vitest';
import { lambdaMinSmallest } from '../../src/diagnostics/lambda-min-smallest.ts';
import { spectrumInput } from './inputs.ts';

test('is the smallest eigenvalue, 0 for a singular matrix', () => {
  expect(lambdaMinSmallest.measure(spectrumInput([3, 0.5, 2]))).toMatchObject({ value: 0.5 });
  expect(lambdaMinSmallest.measure(spectrumInput([0, 2]))).toMatchObject({ status: 'ok', value: 0 });
});
