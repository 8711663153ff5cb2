import { expect, test } from 'vitest';
import { alpha } from '../../src/diagnostics/alpha.ts';
import { sigma } from '../../src/diagnostics/sigma.ts';
import { spectrumInput } from './inputs.ts';

test('is (alpha − 1) over the root of the tail length', () => {
  const input = spectrumInput(Array.from({ length: 100 }, (_, i) => (1 - (i + 0.5) / 100) ** -0.4));
  const [exponent, error] = [alpha.measure(input), sigma.measure(input)];
  if (exponent.status !== 'ok' || error.status !== 'ok') throw new Error('no fit');
  expect(error.value).toBeCloseTo((exponent.value - 1) / Math.sqrt(exponent.n ?? 0), 12);
});
