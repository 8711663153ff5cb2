import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { spectralRelativeChange } from '../../src/diagnostics/spectral-relative-change.ts';
import { extended, extendedPair, fromNumpy, plainPair } from './reference-pair.ts';

test('is the ratio of NumPy singular values', () => {
  expect(numberOf(spectralRelativeChange.measure(extendedPair))).toBeCloseTo(fromNumpy.spectralRelativeChange, 12);
});

test('of a rank-1 step beside an identity of n is the step, where the Frobenius norm sees a √n-th of it', () => {
  const identity = Float64Array.from({ length: 16 }, (_, index) => (index % 5 === 0 ? 1 : 0));
  const subject = identity.map((value, index) => (index === 0 ? value + 0.5 : value));
  expect(numberOf(spectralRelativeChange.measure(extended(identity, subject, 4, 4)))).toBeCloseTo(0.5, 14);
  expect(spectralRelativeChange.measure(extended(new Float64Array(16), subject, 4, 4))).toMatchObject({
    code: 'zero-reference',
  });
});

test('is not computed unless asked for', () => {
  expect(spectralRelativeChange.measure(plainPair)).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
