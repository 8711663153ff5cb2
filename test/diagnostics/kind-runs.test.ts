import { expect, test } from 'vitest';
import { kindRuns } from '../../src/diagnostics/kind-runs.ts';

test('kinds with their layers as runs, in the order met; outside the blocks the kind alone', () => {
  const row = (role: string, depth: number | null) => ({ role, depth });
  expect(kindRuns([row('v', 3), row('v', 2), row('o', 9), row('v', 7), row('head', null)])).toBe('v 2–3, 7; o 9; head');
  expect(kindRuns([])).toBe('');
});
