import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { combine, only } from '../../../src/leaderboard/ranking/combine.ts';
import { at, square } from '../../../src/leaderboard/ranking/estimates.ts';
import { factor, solve } from '../../../src/leaderboard/ranking/factor.ts';
import { rankIntervals } from '../../../src/leaderboard/ranking/rank-intervals.ts';
import { rankModels } from '../../../src/leaderboard/ranking/rank-models.ts';
import { shrinkScores } from '../../../src/leaderboard/ranking/shrink-scores.ts';
import { topShares } from '../../../src/leaderboard/ranking/top-places.ts';
import { firstUnderWeightings } from '../../../src/leaderboard/ranking/weightings.ts';
import { known, reference } from './reference.ts';

test('shrunken scores are numpy’s empirical Bayes with correlated noise', () => {
  const { shrunken } = reference.shrinkage;
  for (const [model, value] of (shrinkScores(known(reference.shrinkage)) ?? []).entries())
    expect(value).toBeCloseTo(shrunken[model] ?? Number.NaN, 8);
});

test('where noise explains all of the spread, every score shrinks to the mean; two models have no shrunken score', () => {
  const noisy = known({ values: [50, 51, 49], covariance: square(3, (a, b) => (a === b ? 100 : 0)) });
  expect(shrinkScores(noisy)).toEqual([50, 50, 50]);
  expect(shrinkScores(known({ values: [1, 2], covariance: square(2, () => 1) }))).toBeUndefined();
});

test('chances of being first are the orthant probabilities of the differences', () => {
  const { models } = rankModels(known(reference.first), 4);
  for (const [model, share] of reference.first.shares.entries())
    expect(Math.abs((models[model]?.top[0]?.share ?? 0) - share)).toBeLessThan(4 * Math.sqrt(0.25 / 10_000));
  expect(models.reduce((sum, { top }) => sum + (top[0]?.share ?? 0), 0)).toBeCloseTo(1, 9);
});

describe('weightings', () => {
  test('first places over three families are those of a million Dirichlet draws', () => {
    const shares = firstUnderWeightings(reference.weightings.families, 20_000, randomStream(8));
    for (const [model, share] of reference.weightings.shares.entries())
      expect(Math.abs((shares[model] ?? 0) - share)).toBeLessThan(4 * Math.sqrt(0.25 / 20_000));
  });

  test('families scored (10, 0) and (0, 5): the first leads under two thirds', () => {
    const [first = 0] = firstUnderWeightings(
      [
        [10, 0],
        [0, 5],
      ],
      20_000,
      randomStream(2),
    );
    expect(Math.abs(first - 2 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / 20_000));
  });
});

test('models with the same score share the places they fill', () => {
  expect(topShares([[5, 5, 1]], 3, [1, 2])).toEqual([
    [0.5, 0.5, 0],
    [1, 1, 0],
  ]);
});

test('a mean of tasks adds variances with squared weights and keeps Satterthwaite’s degrees of freedom', () => {
  const one = {
    ...known({ values: [60, 50], covariance: square(2, (a, b) => (a === b ? 4 : 1)) }),
    dfs: [10, 10],
    pairDfs: square(2, () => 10),
  };
  const two = {
    ...known({ values: [40, 50], covariance: square(2, (a, b) => (a === b ? 2 : 0)) }),
    dfs: [20, 20],
    pairDfs: square(2, () => 20),
  };
  const mean = combine([one, two].map((estimates) => ({ weight: 0.5, estimates })));
  expect(mean.values).toEqual([50, 50]);
  expect(mean.variances[0]).toBeCloseTo(1.5, 12);
  expect(at(mean.pairVariances, 0, 1)).toBeCloseTo((6 + 4) / 4, 12);
  expect(at(mean.pairDfs, 0, 1)).toBeCloseTo(10 ** 2 / (6 ** 2 / 10 + 4 ** 2 / 20), 9);
  expect(only(mean, [1, 0]).values).toEqual([50, 50]);
});

test('a singular covariance is factored, and a regular one solved', () => {
  const covariance = [
    [4, 4, 2],
    [4, 4, 2],
    [2, 2, 3],
  ];
  const lower = factor(covariance);
  const back = square(3, (a, b) => [0, 1, 2].reduce((sum, k) => sum + at(lower, a, k) * at(lower, b, k), 0));
  for (const [a, row] of covariance.entries())
    for (const [b, value] of row.entries()) expect(at(back, a, b)).toBeCloseTo(value, 10);
  const x = solve(
    factor([
      [4, 1],
      [1, 3],
    ]),
    [1, 2],
  );
  expect(x[0]).toBeCloseTo(1 / 11, 12);
  expect(x[1]).toBeCloseTo(7 / 11, 12);
});

test('rank intervals count what was shown: scores 3, 2, 1 with only 3 > 1', () => {
  const intervals = rankIntervals(
    [3, 2, 1],
    [
      { better: 0, worse: 2, t: 4, p: 0.001 },
      { better: 0, worse: 1, t: 1, p: 0.3 },
    ],
    0.05,
  );
  expect(intervals.map(({ best, worst, tier, rank }) => [best, worst, tier, rank])).toEqual([
    [1, 2, 1, 1],
    [1, 3, 1, 2],
    [2, 3, 2, 3],
  ]);
});

test('a difference that is claimed has the better score, and its interval is around it', () => {
  const { differences, models } = rankModels(
    known({ values: [70, 60, 59.9], covariance: square(3, (a, b) => (a === b ? 1 : 0.3)) }),
    1,
  );
  expect(models.map(({ best, worst }) => [best, worst])).toEqual([
    [1, 1],
    [2, 3],
    [2, 3],
  ]);
  for (const { value, low, high, better, a } of differences) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(low + high).toBeCloseTo(2 * value, 9);
    if (better !== null) expect(better).toBe(a);
  }
});
