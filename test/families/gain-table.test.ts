import { describe, expect, test } from 'vitest';
import { contrast, meanOf, measure } from '../../src/families/contrast.ts';
import { estimateFamilies } from '../../src/families/gain-table.ts';
import { estimatesOf, fiveFamilies, groupsOf } from './axis.ts';

const tight = { a: [5, 5.1, 4.9], b: [2, 2.1, 1.9], c: [0, 0.1, -0.1] };

describe('the random-task variance', () => {
  test('is pooled scatter over tasks where tasks scatter more than items do', () => {
    const { families, taskVariance } = estimatesOf(fiveFamilies);
    expect(taskVariance).toBeCloseTo(7, 12);
    expect(families.map((family) => family.random)).toEqual(
      [4, 4, 4, 4, 3].map((tasks) => expect.closeTo(7 / tasks, 12)),
    );
  });

  test('is never below the item noise of the same tasks', () => {
    const estimates = estimatesOf(tight);
    expect(estimates.taskVariance).toBeCloseTo(0.01, 12);
    expect(estimates.families.map(({ random }) => random)).toEqual(
      [4 / 3, 4 / 3, 4 / 3].map((v) => expect.closeTo(v, 12)),
    );
  });

  test('that is item noise has the reference of item noise', () => {
    const family = contrast(estimatesOf(tight), meanOf(['a']), 'random-task');
    expect(family.df).toBe(Number.POSITIVE_INFINITY);
    expect(measure(family, 0.95)).toMatchObject({ interval: { method: 'normal, item noise' } });
  });

  test('with one or two degrees of freedom keeps t: so little scatter is no evidence of none', () => {
    const two = estimatesOf({ a: [5, 5.1], b: [2, 2.1] });
    expect(contrast(two, meanOf(['a']), 'random-task')).toMatchObject({ df: 2, se: expect.closeTo(Math.sqrt(2), 12) });
  });
});

test('few clusters make few degrees of freedom, by Satterthwaite', () => {
  const table = groupsOf({ a: [5, 6], b: [1, 2] }).map((group) => ({ ...group, dfs: [9, 4] }));
  const estimates = estimateFamilies(table);
  // (4 + 4)²/(4²/9 + 4²/4)
  expect(estimates.families[0]?.fixedDf).toBeCloseTo(64 / (16 / 9 + 4), 12);
  expect(contrast(estimates, new Map([...meanOf(['a']), ...meanOf(['b'], -1)]), 'fixed-task')).toMatchObject({
    value: 4,
    se: 2,
    df: expect.closeTo(2 * (64 / (16 / 9 + 4)), 10),
  });
});
