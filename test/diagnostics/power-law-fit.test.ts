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
  'very heavy tails': (n) => draw(n, () => pareto(1.05)),
  'exact Pareto quantiles, every tail as good': (n) => draw(n, (i) => (1 - (i + 0.5) / n) ** -0.5),
  'Pareto above a uniform bulk': (n) => draw(n, (i) => (i < n / 2 ? random.uniform() : pareto(2.5))),
  'squared Gaussians': (n) => draw(n, () => random.normal() ** 2),
  'a bulk with spikes': (n) => draw(n, (i) => (i < 0.95 * n ? (0.4 + random.uniform()) ** 2 : 4 + 3 * pareto(2))),
  lognormal: (n) => draw(n, () => Math.exp(3 * random.normal())),
  'two plateaus with exact ties': (n) => draw(n, (i) => (i < n / 3 ? 1 : 4)),
  'a plateau on top': (n) => draw(n, (i) => Math.min(1.5, 0.5 + i / n)),
  'every value twice': (n) => draw(n, (i) => Math.floor(i / 2) + 1),
  'few integers, many ties': (n) => draw(n, () => 1 + random.below(6)),
  'geometric sequence': (n) => draw(n, (i) => 1.1 ** (i % 300)),
  'geometric sequence with a random ratio': (n) => {
    const ratio = Math.exp(random.uniform() * 2);
    return draw(n, (i) => ratio ** Math.min(i, 300));
  },
  'arithmetic sequence': (n) => draw(n, (i) => i + 1),
  'values a rounding error apart': (n) => draw(n, (i) => 1 + i * Number.EPSILON),
  'large values a rounding error apart': (n) => draw(n, () => 1e6 * (1 + random.below(9) * Number.EPSILON)),
  'one giant': (n) => draw(n, (i) => (i === 0 ? 1e12 : random.uniform())),
  'ranges whose ratio overflows': (n) => draw(n, () => Math.exp(-11 + 716 * random.uniform())),
  'denormals, zeros and a few above the threshold': (n) =>
    draw(n, (i) => [5e-324 * i, 0, 1e-310, 2e-5 * random.uniform()][i % 4] as number),
  'around the threshold, zeros included': (n) => draw(n, (i) => (i % 3 === 0 ? 0 : 2e-5 * random.uniform())),
};
const sizes = [2, 3, 7, 8, 9, 14, 19, 20, 21, 40, 63, 64, 65];

describe.each(Object.entries(kinds))('%s', (_, spectrum) => {
  test('gives the winner of the plain O(n²) search, to the bit', () => {
    for (const n of sizes) for (let repeat = 0; repeat < 40; repeat++) expectPlainWinner(spectrum(n));
    for (const n of [130, 257, 600]) expectPlainWinner(spectrum(n));
  });
});

test.each(['exact Pareto quantiles, every tail as good', 'a bulk with spikes', 'lognormal', 'arithmetic sequence'])(
  'gives the winner of the plain search on 2500 values: %s',
  (kind) => expectPlainWinner((kinds[kind] as (n: number) => Float64Array)(2500)),
);

test.each(['a bulk with spikes', 'few integers, many ties', 'exact Pareto quantiles, every tail as good'])(
  'of 10⁵ values, no candidate looked at is closer than the winner: %s',
  (kind) => {
    const x = (kinds[kind] as (n: number) => Float64Array)(100_000);
    const fit = powerLawFit(x);
    if ('failed' in fit) throw new Error(fit.failed);
    const winner = x.findIndex((value) => value >= fit.xmin);
    expect(plainDistance(x, winner)).toBe(fit.D);
    const near = Array.from({ length: 40 }, (_, i) => Math.max(0, winner - 20 + i));
    const far = Array.from({ length: 60 }, () => random.below(x.length - 1));
    for (const index of [0, x.length - 2, ...near, ...far]) {
      if (index > x.length - 2) continue;
      const distance = plainDistance(x, index);
      expect(distance, `candidate ${index} against ${winner}`).toBeGreaterThanOrEqual(fit.D);
      if (index < winner) expect(distance).toBeGreaterThan(fit.D);
    }
  },
);

function expectPlainWinner(eigenvalues: Float64Array): void {
  const plain = plainFit(eigenvalues);
  const fit = powerLawFit(eigenvalues);
  if (plain) expect(fit).toEqual(plain);
  else expect(fit).toHaveProperty('failed');
}

/** D of the tail at `index`, every point of it; alpha from the sum over that tail alone. */
function plainDistance(x: Float64Array, index: number): number {
  const m = x.length - index;
  let sum = 0;
  for (let j = x.length - 2; j >= index; j--)
    sum += (x.length - 1 - j) * (Math.log(x[j + 1] as number) - Math.log(x[j] as number));
  const alpha = 1 + m / sum;
  let D = 0;
  for (let k = 0; k < m; k++) {
    const ratio = (x[index + k] as number) / (x[index] as number);
    D = Math.max(D, Math.abs(1 - (ratio === 1 ? 1 : ratio ** (1 - alpha)) - k / m));
  }
  return D;
}

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

  test('a shortest tail keeps every candidate with fewer points out, and says so where none is left', () => {
    const x = draw(60, () => pareto(3));
    for (const shortestTail of [10, 30, 60]) {
      const fit = powerLawFit(x, { shortestTail });
      expect(fit).toHaveProperty('num_pl_spikes');
      const plain = Array.from({ length: 60 - shortestTail + 1 }, (_, i) => plainDistance(x, i));
      expect(fit).toMatchObject({ D: Math.min(...plain), xmin: x[plain.indexOf(Math.min(...plain))] });
    }
    expect(powerLawFit(x, { shortestTail: 61 })).toEqual({ failed: expect.stringContaining('shortest tail') });
  });

  test('the exponent of a planted power law is recovered', () => {
    const planted = draw(3000, () => pareto(3));
    expect(powerLawFit(planted)).toMatchObject({ alpha: expect.closeTo(3, 0) });
  });
});
