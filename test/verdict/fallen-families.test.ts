import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import type { FamilyGain } from '../../src/dossier/dossier.ts';
import { fallenFamilies } from '../../src/verdict/fallen-families.ts';

const family = (title: string, gain: number, qLoss: number | null): FamilyGain =>
  ({ title, fixed: ok(gain), qLoss }) as unknown as FamilyGain;
const constants = { bh_q: 0.05, gain_margin: 2 };

test('a family fell where its loss is significant and no smaller than the margin', () => {
  expect(fallenFamilies([family('Maths', -8, 0.01), family('Code', -3, 0.001)], constants)).toBe('Maths and Code');
});

test.each([
  ['not significant', -8, 0.2],
  ['not tested', -8, null],
  ['within the margin', -1.9, 0.0001],
  ['a gain', 8, 1],
] as const)('%s is no fall', (_, gain, q) => {
  expect(fallenFamilies([family('Maths', gain, q)], constants)).toBeUndefined();
});
