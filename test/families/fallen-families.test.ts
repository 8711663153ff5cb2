import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { fallenFamilies } from '../../src/families/fallen-families.ts';

const family = (title: string, gain: number, qLoss: number | null) => ({ title, fixed: ok(gain), qLoss });
const constants = { bh_q: 0.05, gain_margin: 2 };

test('a family fell where its loss is significant and no smaller than the margin', () => {
  const [maths, code, other] = [family('Maths', -8, 0.01), family('Code', -2, 0.001), family('Law', 3, 1)];
  expect(fallenFamilies([maths, code, other], constants)).toEqual([maths, code]);
});

test.each([
  ['not significant', -8, 0.2],
  ['not tested', -8, null],
  ['within the margin', -1.9, 0.0001],
  ['a gain', 8, 1],
] as const)('%s is no fall', (_, gain, q) => {
  expect(fallenFamilies([family('Maths', gain, q)], constants)).toEqual([]);
});
