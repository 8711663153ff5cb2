import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { subspaceOverlap16 } from '../../src/diagnostics/subspace-overlap-16.ts';
import { gaussian } from './inputs.ts';
import { extended, extendedPair, plainPair } from './reference-pair.ts';

test('is 1 for the same matrix and near its null 16/64 for unrelated ones', () => {
  const reference = gaussian(64, 80, 1);
  expect(subspaceOverlap16.measure(extended(reference, reference, 64, 80))).toMatchObject({
    value: expect.closeTo(1, 10),
    n: 16,
    note: '16 of 64 directions; unrelated ones overlap by 0.250',
  });
  const mean = [2, 3, 4, 5].reduce(
    (sum, seed) =>
      sum + (numberOf(subspaceOverlap16.measure(extended(reference, gaussian(64, 80, seed), 64, 80))) ?? 0) / 4,
    0,
  );
  expect(Math.abs(mean - 0.25)).toBeLessThan(0.03);
});

test('where sixteen directions are all there are, there is nothing to compare', () => {
  expect(subspaceOverlap16.measure(extendedPair)).toMatchObject({ status: 'skipped', code: 'whole-space' });
});

test('is not computed unless asked for', () => {
  expect(subspaceOverlap16.measure(plainPair)).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
