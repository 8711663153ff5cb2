import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import type { FamilyEstimates } from '../../src/families/gain-table.ts';
import { removals, worstRemoval } from '../../src/families/leave-one-out.ts';
import { axisContrasts } from '../../src/families/shadow-contrast.ts';
import { groupsOf } from './axis.ts';

const sides = { targeted: ['a', 'b'], coverage: ['c', 'd', 'e'] };
const contrastOf = (estimates: FamilyEstimates): number => axisContrasts(estimates, sides, defaultConstants).S.value;
const remove = (families: Readonly<Record<string, readonly number[]>>): ReturnType<typeof worstRemoval> => {
  const scaled = Object.fromEntries(
    Object.entries(families).map(([family, gains]) => [family, gains.map((gain) => gain / 20)]),
  );
  const scales = { gain: groupsOf(families), logit: groupsOf(scaled, 0.01) };
  return worstRemoval(removals(scales, contrastOf, defaultConstants, 3), defaultConstants);
};

describe('leaving one task out', () => {
  test('names the one task that makes the difference, and what is left without it', () => {
    const result = remove({ a: [1, 60, 0, 2], b: [1, 0, -1, 1], c: [0, 1, 2, -1], d: [1, 1, 0, 0], e: [0, 2, 1, -1] });
    expect(result).toMatchObject({ task: 'a1', holds: false });
    expect(result?.S).toBeCloseTo((1 + 0.25) / 2 - 0.5, 10); // means a 1, b ¼; c, d, e ½ each
  });

  test('holds where many tasks carry the difference', () => {
    expect(
      remove({ a: [20, 24, 22, 19], b: [21, 23, 18, 25], c: [1, 0, 2, -1], d: [0, 1, 2, 0], e: [-1, 1, 0, 1] }),
    ).toMatchObject({ holds: true });
  });

  test('does not remove a whole family: with one task in each there is nothing to leave out', () => {
    expect(remove({ a: [20], b: [21], c: [1], d: [0], e: [2] })).toBeNull();
  });
});
