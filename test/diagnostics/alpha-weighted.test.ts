import { expect, test } from 'vitest';
import { alpha } from '../../src/diagnostics/alpha.ts';
import { alphaWeighted } from '../../src/diagnostics/alpha-weighted.ts';
import { spectrumInput } from './inputs.ts';

test('is alpha times the logarithm of the largest eigenvalue', () => {
  const input = spectrumInput([...Array.from({ length: 50 }, (_, i) => 1 + i / 10), 100]);
  const exponent = alpha.measure(input);
  if (exponent.status !== 'ok') throw new Error('no fit');
  expect(alphaWeighted.measure(input)).toMatchObject({ value: expect.closeTo(2 * exponent.value, 12) });
});
