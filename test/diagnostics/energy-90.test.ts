import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { energy90 } from '../../src/diagnostics/energy-90.ts';
import { spectrumInput } from './inputs.ts';

test.each([
  [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1], 9],
  [[0, 0, 5], 1],
  [[0.09, 0.01, 0.9], 1],
  [[0.2, 0.3, 0.5], 3],
  [[2], 1],
])('%o needs %s directions', (eigenvalues, expected) => {
  expect(numberOf(energy90.measure(spectrumInput(eigenvalues)))).toBe(expected);
});

test('a zero matrix has none', () => {
  expect(energy90.measure(spectrumInput([0, 0]))).toMatchObject({ status: 'skipped' });
});
