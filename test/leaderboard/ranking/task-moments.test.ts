import { describe, expect, test } from 'vitest';
import { at } from '../../../src/leaderboard/ranking/estimates.ts';
import { separateMoments, taskMoments } from '../../../src/leaderboard/ranking/task-moments.ts';
import { clusteredMean } from '../../../src/scores/clustered-mean.ts';
import { reference } from './reference.ts';

describe.each(['single', 'clustered'] as const)('joint noise over shared items, %s', (name) => {
  const { values, clusters, means, pairErrors } = reference[name];
  const moments = taskMoments({ values, clusters, unit: 100 });

  test('means are the means of the items', () => {
    for (const [model, mean] of means.entries()) expect(moments?.values[model]).toBeCloseTo(mean, 10);
  });

  test('each difference has statsmodels’ cluster-robust error of the paired differences', () => {
    for (const [pair, error] of Object.entries(pairErrors)) {
      const [a = 0, b = 0] = pair.split('-').map(Number);
      expect(Math.sqrt(at(moments?.pairVariances ?? [], a, b))).toBeCloseTo(error, 9);
      expect(at(moments?.pairVariances ?? [], b, a)).toBe(at(moments?.pairVariances ?? [], a, b));
    }
  });

  test('degrees of freedom are clusters minus one where clusters are alike', () => {
    expect(at(moments?.pairDfs ?? [], 0, 1)).toBe(new Set(clusters).size - 1);
  });
});

test('uneven clusters give the error and degrees of freedom of clusteredMean', () => {
  const clusters = ['a', 'a', 'a', 'b', 'b', 'c', 'd', 'd', 'd', 'd', 'e'];
  const values = [
    [1, 0, 1, 1, 1, 0, 1, 0, 0, 1, 1],
    [0, 0, 1, 0, 1, 1, 1, 0, 1, 0, 0],
  ];
  const moments = taskMoments({ values, clusters, unit: 1 });
  const own = clusteredMean(
    clusters.map((cluster, item) => ({ cluster, value: (values[0]?.[item] ?? 0) - (values[1]?.[item] ?? 0) })),
  );
  expect(Math.sqrt(at(moments?.pairVariances ?? [], 0, 1))).toBeCloseTo(own.se, 12);
  expect(at(moments?.pairDfs ?? [], 0, 1)).toBeCloseTo(own.df, 9);
});

test('two models that agree on every item get the rule of three, not an error of 0', () => {
  const row = Array.from({ length: 50 }, (_, item) => 100 * (item % 2));
  const moments = taskMoments({ values: [row, row], clusters: row.map((_, item) => String(item)), unit: 100 });
  expect(Math.sqrt(at(moments?.pairVariances ?? [], 0, 1))).toBeCloseTo((3 * 100) / (1.96 * 50), 10);
});

test('one cluster has no error, so the task has no moments', () => {
  expect(
    taskMoments({
      values: [
        [1, 0],
        [0, 1],
      ],
      clusters: ['a', 'a'],
      unit: 1,
    }),
  ).toBeUndefined();
});

test('items that are not shared add as independent', () => {
  const moments = separateMoments([
    { value: 60, variance: 2, df: 10 },
    { value: 50, variance: 3, df: 30 },
  ]);
  expect(at(moments.pairVariances, 0, 1)).toBe(5);
  expect(at(moments.pairDfs, 0, 1)).toBeCloseTo(25 / (4 / 10 + 9 / 30), 10);
  expect(moments.shared).toBe(false);
});
