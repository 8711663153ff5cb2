import { describe, expect, test } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { permutationF } from '../../src/families/permutation-f.ts';

describe.each([
  // scipy.stats.f_oneway, and scipy.stats.permutation_test(permutation_type='independent', n_resamples=99999)
  {
    name: 'three families that hardly differ',
    groups: [
      [3, 5, 1, 6],
      [2, 7, 4, 3],
      [6, 5, 9, 2],
    ],
    statistic: 0.6,
    p: 0.58996,
  },
  {
    name: 'one family that stays behind',
    groups: [
      [12, 9, 15, 10],
      [8, 13, 11, 14],
      [1, -2, 3, 0],
    ],
    statistic: 26.400000000000027,
    p: 0.00606,
  },
])('$name', ({ groups, statistic, p }) => {
  const result = permutationF(groups, 20_000, randomStream(4));

  test('has the F of scipy', () => {
    expect(result.F).toBeCloseTo(statistic, 10);
  });

  test('has the permutation p of scipy within its Monte Carlo error', () => {
    expect(Math.abs(result.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000));
  });
});

test('p is never 0, however large the difference', () => {
  expect(
    permutationF(
      [
        [100, 101, 102, 103, 104],
        [0, 1, 2, 3, 4],
        [-100, -101, -102, -103, -104],
      ],
      100,
      randomStream(1),
    ).p,
  ).toBeGreaterThanOrEqual(1 / 101);
});

test('the groups that are passed in are not reordered', () => {
  const groups = [
    [1, 2, 3],
    [4, 5, 6],
  ];
  permutationF(groups, 50, randomStream(1));
  expect(groups).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
});
