import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import { lognormalVsPowerLaw } from '../../src/diagnostics/lognormal-vs-power-law.ts';
import { alternatives } from '../reference/alternatives.ts';
import { spectrumInput } from './inputs.ts';

describe.each(alternatives)('%s', (_, { eigenvalues, lognormal }) => {
  test('equals the ratio and p of scipy and powerlaw, on the tail of the fit', () => {
    const measured = lognormalVsPowerLaw.measure(spectrumInput(eigenvalues));
    if (measured.status !== 'ok') throw new Error(measured.reason);
    expect(measured.n).toBe(lognormal.n);
    if (lognormal.moments >= 2) {
      // The likelihood has no maximum; the search of the reference runs towards the power law and ends beside it.
      expect(measured).toMatchObject({ value: 0, note: expect.stringContaining('p = 1') });
      expect(Math.abs(lognormal.ratio)).toBeLessThan(0.5);
      return;
    }
    expect(measured.value).toBeCloseTo(lognormal.ratio, 4);
    expect(Number(measured.note?.replace('p = ', ''))).toBeCloseTo(lognormal.p, 2);
  });
});

test('tells a lognormal from a power law where there are enough eigenvalues, and a power law from nothing', () => {
  const random = randomStream(5);
  const lognormal = spectrumInput(Array.from({ length: 4000 }, () => Math.exp(3 + 0.6 * random.normal())));
  const tail =
    'failed' in lognormal.fit ? lognormal.fit : { ...lognormal.fit, xmin: lognormal.eigenvalues[0] as number };
  const whole =
    4000 /
    lognormal.eigenvalues.reduce((sum, value) => sum + Math.log(value / (lognormal.eigenvalues[0] as number)), 0);
  expect(
    numberOf(lognormalVsPowerLaw.measure({ ...lognormal, fit: { ...tail, alpha: 1 + whole } as never })),
  ).toBeGreaterThan(5);
  const power = spectrumInput(Array.from({ length: 4000 }, () => (1 - random.uniform()) ** -0.5));
  expect(Math.abs(numberOf(lognormalVsPowerLaw.measure(power)) ?? 9)).toBeLessThan(2);
});

test('is skipped on short tails and fails without a fit', () => {
  expect(lognormalVsPowerLaw.measure(spectrumInput([1, 2, 3, 4, 5, 6, 7, 8]))).toMatchObject({ code: 'tail-short' });
  expect(lognormalVsPowerLaw.measure(spectrumInput([0]))).toMatchObject({ code: 'fit-failed' });
  expect(lognormalVsPowerLaw.measure(spectrumInput(new Array(30).fill(1)))).toMatchObject({ code: 'alpha-infinite' });
});
