import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { scaleFreeChange } from '../../src/diagnostics/scale-free-change.ts';
import { gaussian, pairInput } from './inputs.ts';

const reference = gaussian(30, 40, 1);
const change = (subject: Float64Array): number =>
  numberOf(scaleFreeChange.measure(pairInput(reference, subject, [30, 40]))) ?? Number.NaN;

test('is 0 for a matrix that was only scaled, √2 for an unrelated one and 2 for the negative', () => {
  expect(change(reference.map((value) => 1.2 * value))).toBeLessThan(1e-7);
  expect(change(gaussian(30, 40, 2))).toBeCloseTo(Math.SQRT2, 1);
  expect(change(reference.map((value) => -value))).toBeCloseTo(2, 12);
});

test('resolves a turn of a millionth, which 2 − 2c could not', () => {
  const noise = gaussian(30, 40, 3);
  const small = change(reference.map((value, index) => value + 1e-6 * (noise[index] as number)));
  expect(small).toBeGreaterThan(0.9e-6);
  expect(small).toBeLessThan(1.1e-6);
});
