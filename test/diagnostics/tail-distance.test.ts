import { expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { TailDistances } from '../../src/diagnostics/tail-distance.ts';

const random = randomStream(8);
const x = Float64Array.from({ length: 500 }, () => Math.exp(2 * random.normal())).sort();
const logs = x.map(Math.log);

function plain(index: number, alpha: number): number {
  const m = x.length - index;
  return Math.max(
    ...Array.from(x.subarray(index), (value, k) => {
      const ratio = value / (x[index] as number);
      return Math.abs(1 - (ratio === 1 ? 1 : ratio ** (1 - alpha)) - k / m);
    }),
  );
}

test('gives the largest gap of every tail to the bit, whatever its exponent', () => {
  const distances = new TailDistances(x, logs);
  for (let index = 0; index < x.length - 1; index += 3)
    for (const alpha of [1.0001, 1.5, 3, 12, 400, 1e9, Number.POSITIVE_INFINITY])
      expect(distances.within(Number.POSITIVE_INFINITY, index, alpha), `${index} ${alpha}`).toBe(plain(index, alpha));
});

test('keeps a distance equal to the bound, and drops one above it', () => {
  const distances = new TailDistances(x, logs);
  for (const index of [0, 7, 250, 495]) {
    const distance = plain(index, 2);
    expect(distances.within(distance, index, 2)).toBe(distance);
    expect(distances.within(distance * (1 - 1e-9), index, 2)).toBeUndefined();
  }
});

test('two equal points have half of the empirical distribution between them', () => {
  expect(
    new TailDistances(Float64Array.of(3, 3), Float64Array.of(Math.log(3), Math.log(3))).within(
      1,
      0,
      Number.POSITIVE_INFINITY,
    ),
  ).toBe(0.5);
});
