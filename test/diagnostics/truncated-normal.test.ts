import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { truncatedNormal } from '../../src/diagnostics/truncated-normal.ts';

const half = (n: number): Float64Array => {
  const random = randomStream(9);
  return Float64Array.from({ length: n }, () => Math.abs(random.normal()));
};

test('a half normal is found again: ln √(2/π) − y²/2', () => {
  const fitted = truncatedNormal(half(200_000));
  for (const y of [0, 0.5, 1, 2])
    expect(fitted?.logDensity(y)).toBeCloseTo(0.5 * Math.log(2 / Math.PI) - (y * y) / 2, 1);
});

test('far above the cut it is the normal of the same mean and variance', () => {
  const values = half(1000).map((value, i) => 50 + (i % 2 ? value : -value));
  const mean = values.reduce((a, b) => a + b) / 1000;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / 1000;
  const fitted = truncatedNormal(values);
  for (const y of [48, 50, 53])
    expect(fitted?.logDensity(y)).toBeCloseTo(
      -0.5 * Math.log(2 * Math.PI * variance) - (y - mean) ** 2 / (2 * variance),
      9,
    );
});

test.each([1.02, 1.3, 1.6, 1.9, 1.99])(
  'its density has mass 1 and the moments of the values, at moment ratio %d',
  (ratio) => {
    // Two values a and b with mean 1 and mean square `ratio`.
    const gap = Math.sqrt(ratio - 1);
    const fitted = truncatedNormal(Float64Array.of(1 - gap, 1 + gap));
    const step = 1e-3;
    let [mass, mean, squares] = [0, 0, 0];
    for (let y = step / 2; y < 60; y += step) {
      const density = Math.exp(fitted?.logDensity(y) ?? Number.NaN) * step;
      mass += density;
      mean += density * y;
      squares += density * y * y;
    }
    expect([mass, mean, squares]).toEqual([expect.closeTo(1, 5), expect.closeTo(1, 5), expect.closeTo(ratio, 4)]);
  },
);

test('there is none where the likelihood grows towards an exponential, or nothing varies', () => {
  expect(truncatedNormal(Float64Array.of(0, 0, 0, 5))).toBeUndefined();
  expect(truncatedNormal(Float64Array.of(2, 2))).toBeUndefined();
  expect(truncatedNormal(Float64Array.of(0, 0))).toBeUndefined();
});
