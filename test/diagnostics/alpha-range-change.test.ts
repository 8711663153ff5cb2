import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { alphaRangeChange } from '../../src/diagnostics/alpha-range-change.ts';
import { pairInput, spectrumInput } from './inputs.ts';

const planted = (alpha: number) =>
  spectrumInput(Array.from({ length: 300 }, (_, i) => (1 - (i + 0.5) / 300) ** (-1 / (alpha - 1))));

test.each([
  [8, 3, 1],
  [3, 8, -1],
  [1.5, 3, 1],
  [3, 4, 0],
  [8, 1.5, 0],
])('from α %s to α %s is %s', (before, after, change) => {
  const input = {
    ...pairInput(Float64Array.of(1), Float64Array.of(1), [1, 1]),
    reference: planted(before),
    subject: planted(after),
  };
  expect(numberOf(alphaRangeChange.measure(input))).toBe(change);
});
