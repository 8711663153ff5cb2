import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { alphaInterval } from '../../src/diagnostics/alpha-interval.ts';
import type { PowerLawFit } from '../../src/diagnostics/power-law.ts';
import { powerLawFit } from '../../src/diagnostics/power-law-fit.ts';

const fitOf = (x: Float64Array): PowerLawFit => powerLawFit(x) as PowerLawFit;

test('covers the exponent of planted tails about as often as it says, and more often than ±1.96 σ', () => {
  const random = randomStream(12);
  const cases = 150;
  let covered = 0;
  let coveredBySigma = 0;
  for (let count = 0; count < cases; count++) {
    const alpha = 2.2 + 2 * random.uniform();
    // Half a uniform bulk, half a Pareto tail above it.
    const x = Float64Array.from({ length: 300 }, (_, i) =>
      i < 150 ? random.uniform() : (1 - random.uniform()) ** (-1 / (alpha - 1)),
    ).sort();
    const fit = fitOf(x);
    const interval = alphaInterval(x, fit);
    if (interval && interval.low <= alpha && alpha <= interval.high) covered++;
    if (Math.abs(fit.alpha - alpha) <= 1.96 * fit.sigma) coveredBySigma++;
  }
  // 95 % of 150 is 142.5, its standard error 2.7.
  expect(covered).toBeGreaterThanOrEqual(134);
  expect(covered).toBeGreaterThan(coveredBySigma);
});

test('is the same each time, says how it was made, and narrows with more eigenvalues', () => {
  const random = randomStream(3);
  const widths = [100, 400, 1600].map((n) => {
    const x = Float64Array.from({ length: n }, () => (1 - random.uniform()) ** -0.5).sort();
    const interval = alphaInterval(x, fitOf(x));
    expect(interval).toEqual(alphaInterval(x, fitOf(x)));
    expect(interval).toMatchObject({
      level: 0.95,
      method: expect.stringMatching(/bootstrap of the \d+ eigenvalues ≥ xmin\/2.*100 draws/),
    });
    return (interval?.high ?? 0) - (interval?.low ?? 0);
  });
  expect(widths[1]).toBeLessThan(widths[0] as number);
  expect(widths[2]).toBeLessThan(widths[1] as number);
});

test('is left out where fewer than 20 eigenvalues lie above half of xmin, or alpha is infinite', () => {
  const few = Float64Array.from({ length: 15 }, (_, i) => 1 + i);
  expect(alphaInterval(few, fitOf(few))).toBeUndefined();
  const equal = new Float64Array(40).fill(2);
  expect(alphaInterval(equal, fitOf(equal))).toBeUndefined();
});
