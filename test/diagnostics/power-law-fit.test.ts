import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import type { PowerLawFit } from '../../src/diagnostics/power-law.ts';
import { powerLawFit } from '../../src/diagnostics/power-law-fit.ts';

/** The definition written out: every candidate, every point of its tail, first minimum wins. */
function plainFit(eigenvalues: Float64Array): PowerLawFit | undefined {
  const x = eigenvalues.filter((value) => value > 1e-5);
  const n = x.length;
  let best: PowerLawFit | undefined;
  for (let i = 0; i < n - 1; i++) {
    const tail = x.subarray(i);
    const m = tail.length;
    const small = n < 20;
    if (small && m < 8 && i > 0) continue;
    const xmin = tail[0] as number;
    // Σ ln(x_j/xmin) by its steps, as the definition of equal values must give exactly 0.
    let sum = 0;
    for (let j = m - 2; j >= 0; j--)
      sum += (m - 1 - j) * (Math.log(tail[j + 1] as number) - Math.log(tail[j] as number));
    if (small && sum <= 1e-12) continue;
    const alpha = 1 + (small ? m - 1 : m) / sum;
    let D = 0;
    tail.forEach((value, k) => {
      const survival = value === xmin ? 1 : (value / xmin) ** (1 - alpha);
      D = Math.max(D, Math.abs(1 - survival - k / m));
    });
    if (best && D >= best.D) continue;
    const num_pl_spikes = eigenvalues.filter((value) => value >= xmin).length;
    best = { alpha, D, sigma: (alpha - 1) / Math.sqrt(m), xmin, num_pl_spikes };
  }
  return best;
}

const random = randomStream(4);
const draw = (n: number, next: (index: number) => number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => next(i)).sort();
const pareto = (alpha: number): number => (1 - random.uniform()) ** (-1 / (alpha - 1));

/** Spectra by kind; `n` runs over small and large sizes. */
const kinds: Record<string, (n: number) => Float64Array> = {
  'Pareto of any exponent': (n) => draw(n, () => pareto(1.5 + 6 * random.uniform())),
  'Pareto above a uniform bulk': (n) => draw(n, (i) => (i < n / 2 ? random.uniform() : pareto(2.5))),
  'squared Gaussians': (n) => draw(n, () => random.normal() ** 2),
  lognormal: (n) => draw(n, () => Math.exp(3 * random.normal())),
  'two plateaus with exact ties': (n) => draw(n, (i) => (i < n / 3 ? 1 : 4)),
  'every value twice': (n) => draw(n, (i) => Math.floor(i / 2) + 1),
  'few integers, many ties': (n) => draw(n, () => 1 + random.below(6)),
  'geometric sequence': (n) => draw(n, (i) => 1.1 ** (i % 300)),
  'arithmetic sequence': (n) => draw(n, (i) => i + 1),
  'values a rounding error apart': (n) => draw(n, (i) => 1 + i * Number.EPSILON),
  'one giant': (n) => draw(n, (i) => (i === 0 ? 1e12 : random.uniform())),
  'around the threshold, zeros included': (n) => draw(n, (i) => (i % 3 === 0 ? 0 : 2e-5 * random.uniform())),
};
const sizes = [2, 3, 7, 8, 9, 19, 20, 21, 40, 63, 64, 65, 130, 257];

describe.each(Object.entries(kinds))('%s', (_, spectrum) => {
  test('gives the winner of the plain O(n²) search, to the bit', () => {
    for (const n of sizes)
      for (let repeat = 0; repeat < 5; repeat++) {
        const eigenvalues = spectrum(n);
        const plain = plainFit(eigenvalues);
        const fit = powerLawFit(eigenvalues);
        if (plain) expect(fit).toEqual(plain);
        else expect(fit).toHaveProperty('failed');
      }
  });
});

describe('limits of the fit', () => {
  test('no eigenvalue, or one, above 1e-5 is a failed fit that says so', () => {
    for (const values of [[], [1], [0, 0, 1e-5], [1e-6, 3]])
      expect(powerLawFit(Float64Array.from(values))).toEqual({ failed: expect.stringContaining('2 are needed') });
  });

  test('equal eigenvalues have infinite alpha from 20 on, and no fit below', () => {
    const equal = (n: number): Float64Array => new Float64Array(n).fill(3);
    expect(powerLawFit(equal(20))).toEqual({
      alpha: Number.POSITIVE_INFINITY,
      D: 0.5,
      sigma: Number.POSITIVE_INFINITY,
      xmin: 3,
      num_pl_spikes: 20,
    });
    expect(powerLawFit(equal(19))).toEqual({ failed: expect.stringContaining('All 19 eigenvalues are equal') });
  });

  test('two points have the exponent 1 + 1/ln(x₂/x₁)', () => {
    expect(powerLawFit(Float64Array.of(1, Math.E))).toMatchObject({
      alpha: expect.closeTo(2, 12),
      xmin: 1,
      num_pl_spikes: 2,
    });
  });

  test('the exponent of a planted power law is recovered', () => {
    const planted = draw(3000, () => pareto(3));
    expect(powerLawFit(planted)).toMatchObject({ alpha: expect.closeTo(3, 0) });
  });
});
