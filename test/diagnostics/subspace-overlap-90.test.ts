import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { subspaceOverlap90 } from '../../src/diagnostics/subspace-overlap-90.ts';
import { extended, extendedPair, fromNumpy, plainPair } from './reference-pair.ts';

test('is that of the three leading directions, as NumPy gives it, with its null', () => {
  const measured = subspaceOverlap90.measure(extendedPair);
  expect(numberOf(measured)).toBeCloseTo(fromNumpy.overlapOfThree, 10);
  expect(measured).toMatchObject({ n: 3, note: '3 of 4 directions; unrelated ones overlap by 0.750' });
});

test('is 0 where the leading directions became the ones that were small', () => {
  const diagonal = (...values: number[]): Float64Array =>
    Float64Array.from({ length: 16 }, (_, index) => (index % 5 === 0 ? (values[index / 5] as number) : 0));
  expect(
    numberOf(subspaceOverlap90.measure(extended(diagonal(9, 9, 0.1, 0.1), diagonal(0.1, 0.1, 9, 9), 4, 4))),
  ).toBeCloseTo(0, 12);
  expect(subspaceOverlap90.measure(extended(new Float64Array(16), diagonal(1, 1, 1, 1), 4, 4))).toMatchObject({
    code: 'zero-reference',
  });
});

test('is not computed unless asked for', () => {
  expect(subspaceOverlap90.measure(plainPair)).toMatchObject({ status: 'skipped', code: 'not-requested' });
});
