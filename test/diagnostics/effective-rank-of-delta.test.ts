import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { effectiveRankOfDelta } from '../../src/diagnostics/effective-rank-of-delta.ts';
import { gaussian } from './inputs.ts';
import { extended, extendedPair, fromNumpy, plainPair } from './reference-pair.ts';

test('is that of NumPy singular values of the difference', () => {
  expect(numberOf(effectiveRankOfDelta.measure(extendedPair))).toBeCloseTo(fromNumpy.effectiveRankOfDelta, 10);
});

test('of an update of k equal orthogonal directions is k', () => {
  const reference = gaussian(8, 8, 3);
  const subject = reference.map((value, index) => value + (index % 9 === 0 && index < 27 ? 0.1 : 0));
  expect(numberOf(effectiveRankOfDelta.measure(extended(reference, subject, 8, 8)))).toBeCloseTo(3, 6);
  expect(effectiveRankOfDelta.measure(extended(reference, reference, 8, 8))).toMatchObject({
    status: 'skipped',
    code: 'no-change',
  });
});

test('is not computed unless asked for', () => {
  expect(effectiveRankOfDelta.measure(plainPair)).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
