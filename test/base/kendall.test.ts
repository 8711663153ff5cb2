import { expect, test } from 'vitest';
import { kendallTau } from '../../src/base/kendall.ts';

// scipy 1.17.1: kendalltau([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]), kendalltau([1, 1, 2, 3], [1, 2, 2, 3])
test('gives what scipy.stats.kendalltau gives, ties included', () => {
  expect(
    kendallTau([
      [1, 2],
      [2, 1],
      [3, 4],
      [4, 3],
      [5, 5],
    ]),
  ).toBeCloseTo(0.6, 14);
  expect(
    kendallTau([
      [1, 1],
      [1, 2],
      [2, 2],
      [3, 3],
    ]),
  ).toBeCloseTo(0.8, 14);
});

test('is 1 for equal and −1 for opposite order, and undefined where one side is constant', () => {
  expect(
    kendallTau([
      [1, 10],
      [2, 20],
      [3, 21],
    ]),
  ).toBe(1);
  expect(
    kendallTau([
      [1, 9],
      [2, 8],
      [3, 1],
    ]),
  ).toBe(-1);
  expect(
    kendallTau([
      [1, 2],
      [2, 2],
    ]),
  ).toBeUndefined();
  expect(kendallTau([])).toBeUndefined();
});
