import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaAlpha } from '../../src/diagnostics/delta-alpha.ts';
import { deltaAlphaZ } from '../../src/diagnostics/delta-alpha-z.ts';
import { sigma } from '../../src/diagnostics/sigma.ts';
import { pairInput, spectrumInput } from './inputs.ts';

const planted = (alpha: number) =>
  spectrumInput(Array.from({ length: 300 }, (_, i) => (1 - (i + 0.5) / 300) ** (-1 / (alpha - 1))));
const between = (reference: number, subject: number) => ({
  ...pairInput(Float64Array.of(1), Float64Array.of(1), [1, 1]),
  reference: planted(reference),
  subject: planted(subject),
});

test('is negative where the tail became heavier, with twice the nominal error', () => {
  const input = between(4, 3);
  const measured = deltaAlpha.measure(input);
  expect(measured).toMatchObject({ status: 'ok', value: expect.closeTo(-1, 1) });
  const nominal = Math.hypot(
    numberOf(sigma.measure(input.subject)) ?? 0,
    numberOf(sigma.measure(input.reference)) ?? 0,
  );
  expect(measured.status === 'ok' && measured.se).toBeCloseTo(2 * nominal, 12);
  expect(numberOf(deltaAlphaZ.measure(input))).toBeCloseTo((numberOf(measured) ?? 0) / (2 * nominal), 12);
});

test('is 0 between equal spectra, and fails where either side has no fit', () => {
  expect(numberOf(deltaAlphaZ.measure(between(3, 3)))).toBe(0);
  const none = { ...between(3, 3), reference: spectrumInput([0]) };
  expect(deltaAlpha.measure(none)).toMatchObject({ status: 'failed', code: 'fit-failed' });
  expect(deltaAlphaZ.measure(none)).toMatchObject({ status: 'failed', code: 'fit-failed' });
});
