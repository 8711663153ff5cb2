import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { square } from '../../../src/leaderboard/ranking/estimates.ts';
import { pairTests } from '../../../src/leaderboard/ranking/pair-tests.ts';
import { rankIntervals } from '../../../src/leaderboard/ranking/rank-intervals.ts';
import { separateMoments, taskMoments } from '../../../src/leaderboard/ranking/task-moments.ts';
import { known, reference } from './reference.ts';

const draws = 10_000;

describe.each(['single', 'clustered'] as const)('step-down max-t on shared items, %s', (name) => {
  const { values, clusters, adjusted, ranks } = reference[name];
  const moments = taskMoments({ values, clusters, unit: 100 });
  if (!moments) throw new Error('the fixture has clusters');
  const { pairs, method } = pairTests(moments, 0.05, draws, randomStream(11));

  test('adjusted p values are those of the loop over 400,000 draws, with twice the Monte Carlo error added', () => {
    expect(method).toBe('max-t');
    for (const { better, worse, p } of pairs) {
      const expected = adjusted[`${better}-${worse}`] ?? Number.NaN;
      const error = Math.sqrt((expected * (1 - expected)) / draws);
      expect(Math.abs(p - Math.min(1, expected + 2 * error))).toBeLessThan(4 * error + 0.001);
    }
  });

  test('rank intervals are those of the reference', () => {
    const intervals = rankIntervals(moments.values, pairs, 0.05);
    expect(intervals.map(({ best, worst }) => [best, worst])).toEqual(ranks);
  });

  test('equal seeds give equal p values, another seed other ones', () => {
    const again = pairTests(moments, 0.05, draws, randomStream(11)).pairs;
    expect(again).toEqual(pairs);
    expect(pairTests(moments, 0.05, draws, randomStream(12)).pairs).not.toEqual(pairs);
  });
});

test.each(Object.entries(reference.critical))(
  'with independent equal noise of %s models the critical value is the studentised range’s',
  (models, expected) => {
    const k = Number(models);
    const estimates = known({ values: new Array(k).fill(0), covariance: square(k, (a, b) => (a === b ? 2 : 0)) });
    const { critical } = pairTests(estimates, 0.05, draws, randomStream(5));
    expect(critical(0, 1)).toBeGreaterThan(expected - 0.06);
    expect(critical(0, 1)).toBeLessThan(expected + 0.06);
  },
);

test('without shared items p values are statsmodels’ Holm over all ordered pairs', () => {
  const { values, variances, dfs, adjusted } = reference.holm;
  const moments = separateMoments(
    values.map((value, model) => ({ value, variance: variances[model] ?? 0, df: dfs[model] ?? 0 })),
  );
  const { pairs, method } = pairTests(moments, 0.05, draws, randomStream(1));
  expect(method).toBe('holm');
  for (const { better, worse, p } of pairs) expect(p).toBeCloseTo(adjusted[`${better}-${worse}`] ?? Number.NaN, 9);
});

test('two models with the same answers are never told apart', () => {
  const row = Array.from({ length: 40 }, (_, item) => 100 * (item % 3 === 0 ? 1 : 0));
  const moments = taskMoments({
    values: [row, row, row.map((value) => 100 - value)],
    clusters: row.map((_, i) => String(i)),
    unit: 100,
  });
  if (!moments) throw new Error('there are clusters');
  const { pairs } = pairTests(moments, 0.05, 2000, randomStream(3));
  for (const { better, worse, p } of pairs) if (better < 2 && worse < 2) expect(p).toBeGreaterThan(0.3);
});
