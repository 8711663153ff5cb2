import { expect, test } from 'vitest';
import { depthRuns } from '../../src/base/depth-runs.ts';

test('consecutive depths are told as runs', () => {
  expect(depthRuns([2, 4, 3, 7, 7])).toEqual(['2–4', '7']);
  expect(depthRuns([])).toEqual([]);
});
