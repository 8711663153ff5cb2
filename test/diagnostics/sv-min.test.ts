import { expect, test } from 'vitest';
import { svMin } from '../../src/diagnostics/sv-min.ts';
import { spectrumInput } from './inputs.ts';

test('is the root of the smallest eigenvalue', () => {
  expect(svMin.measure(spectrumInput([4, 9, 25]))).toMatchObject({ value: 2, n: 3 });
});

test('is 0 for a zero matrix', () => {
  expect(svMin.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'ok', value: 0 });
});
