import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { lambdaMinSmallestOverN } from '../../src/diagnostics/lambda-min-smallest-over-n.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { gaussian, spectrumInput } from './inputs.ts';

test('of a Gaussian matrix is at the lower edge (1 − √β)² of the Marchenko–Pastur law', () => {
  const input = { ...spectrumInput(gramEigenvalues(gaussian(60, 240, 1), 60, 240)), rows: 60, cols: 240 };
  expect(Math.abs((numberOf(lambdaMinSmallestOverN.measure(input)) ?? 0) - 0.25)).toBeLessThan(0.06);
});

test('divides by the long side', () => {
  expect(numberOf(lambdaMinSmallestOverN.measure({ ...spectrumInput([2, 5]), rows: 2, cols: 8 }))).toBe(0.25);
});
