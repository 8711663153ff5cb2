import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { medianEntryChange } from '../../src/diagnostics/median-entry-change.ts';
import { extended, extendedPair, fromNumpy, plainPair } from './reference-pair.ts';

test('is the median of NumPy', () => {
  expect(numberOf(medianEntryChange.measure(extendedPair))).toBeCloseTo(fromNumpy.medianEntryChange, 14);
});

test('of a matrix scaled by 1.2 is 0.2, and there is none where most entries left zero', () => {
  const reference = Float64Array.of(1, -2, 3, 4);
  expect(
    numberOf(
      medianEntryChange.measure(
        extended(
          reference,
          reference.map((value) => 1.2 * value),
          2,
          2,
        ),
      ),
    ),
  ).toBeCloseTo(0.2, 14);
  expect(medianEntryChange.measure(extended(Float64Array.of(0, 0, 0, 1), reference, 2, 2))).toMatchObject({
    status: 'skipped',
    code: 'zero-reference',
  });
});

test('is not computed unless asked for', () => {
  expect(medianEntryChange.measure(plainPair)).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
