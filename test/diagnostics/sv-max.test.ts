import { expect, test } from 'vitest';
import { svMax } from '../../src/diagnostics/sv-max.ts';
import { spectrumInput } from './inputs.ts';

test('is the root of the largest eigenvalue', () => {
  expect(svMax.measure(spectrumInput([4, 9, 25]))).toMatchObject({ value: 5, n: 3 });
});

test('is 0 for a zero matrix', () => {
  expect(svMax.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'ok', value: 0 });
});
