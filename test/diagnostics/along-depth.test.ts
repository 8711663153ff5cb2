import { expect, test } from 'vitest';
import { ok, skipped } from '../../src/base/measured.ts';
import { alongDepth, byKind } from '../../src/diagnostics/along-depth.ts';

const matrix = (role: string, depth: number | null, alpha: number | undefined) => ({
  role,
  depth,
  group: 'decoder' as const,
  diagnostics: { alpha: alpha === undefined ? skipped('none', 'None.') : ok(alpha) },
});

test('layers come in order of depth, several matrices of one layer as their median', () => {
  const own = [matrix('up', 2, 5), matrix('up', 0, 3), matrix('up', 2, 1), matrix('up', 2, 4)];
  expect(alongDepth(own, 'alpha')).toEqual([
    { depth: 0, value: 3 },
    { depth: 2, value: 4 },
  ]);
});

test('matrices without a depth or a value are left out, and no layer is made up', () => {
  expect(alongDepth([matrix('up', null, 3), matrix('up', 1, undefined)], 'alpha')).toEqual([]);
});

test('kinds keep the order in which they are met', () => {
  const own = [matrix('q', 0, 1), matrix('up', 0, 2), matrix('q', 1, 3)];
  expect(byKind(own).map(([role, matrices]) => [role, matrices.length])).toEqual([
    ['q', 2],
    ['up', 1],
  ]);
});
