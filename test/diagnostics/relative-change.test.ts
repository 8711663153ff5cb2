import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { normRatio } from '../../src/diagnostics/norm-ratio.ts';
import { relativeChange } from '../../src/diagnostics/relative-change.ts';
import { gaussian, pairInput } from './inputs.ts';

test('is the size of the change over the size of the reference', () => {
  const input = pairInput(Float64Array.of(3, 0, 0, 4), Float64Array.of(3, 0, 3, 4), [2, 2]);
  expect(relativeChange.measure(input)).toEqual({ status: 'ok', value: 0.6, n: 4 });
});

test('a zero reference has none', () => {
  const input = pairInput(new Float64Array(4), Float64Array.of(1, 0, 0, 1), [2, 2]);
  expect(relativeChange.measure(input)).toMatchObject({ status: 'skipped', code: 'zero-reference' });
});

describe('relative change and cosine are one measurement: m² = 1 + ρ² − 2ρc', () => {
  const reference = gaussian(40, 30, 1);
  const other = gaussian(40, 30, 2);
  test.each([0, 1e-6, 0.01, 0.2, 1, 10])('with noise of size %s', (size) => {
    const subject = reference.map((value, index) => value + size * (other[index] as number));
    const input = pairInput(reference, subject, [40, 30]);
    const { product, squaresReference, squaresSubject } = input.moments;
    const cosine = product / Math.sqrt(squaresReference * squaresSubject);
    const ratio = numberOf(normRatio.measure(input)) ?? 0;
    const m = numberOf(relativeChange.measure(input)) ?? 0;
    expect(m ** 2).toBeCloseTo(1 + ratio ** 2 - 2 * ratio * cosine, 12);
  });
});
