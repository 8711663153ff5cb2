import { expect, test } from 'vitest';
import { joinDossier } from '../../src/dossier/join.ts';
import { saturatedOrFloorTask } from '../../src/findings/saturated-or-floor-task.ts';
import { checkpoint, type FamilyName, flat, joinInput } from '../dossier/parts.ts';
import { look, plant, without } from './comparison.ts';

const scored = (before: (family: FamilyName) => number, after: (family: FamilyName) => number) =>
  joinDossier(joinInput([checkpoint('base', '0', before), checkpoint('sft', '1', after, { base: 'base' })]));
const one = (family: FamilyName, value: number) => (other: FamilyName) => (other === family ? value : 0.4);

test('is detected where the base solves the tasks of a family, and names them', () => {
  const product = look(saturatedOrFloorTask, scored(one('sums', 0.98), one('sums', 0.98)));
  expect(product).toMatchObject({
    status: 'detected',
    names: ['sums_1', 'sums_2', 'sums_3', 'sums_4'],
    effect: { k: 4, n: 24 },
  });
  expect(product.evidence[0]?.pointer).toMatch(/^\/checkpoints\/\d\/scores\/\d+\/kappa$/);
});

test('is detected where both only guess, not where one of them learned', () => {
  expect(look(saturatedOrFloorTask, scored(one('sums', 0.015), one('sums', 0.015))).plain).toContain('only guess');
  expect(look(saturatedOrFloorTask, scored(one('sums', 0.015), one('sums', 0.6))).status).toBe('not-detected');
});

test('is inconclusive where 200 items do not tell 0.9 from above it', () => {
  expect(look(saturatedOrFloorTask, scored(one('sums', 0.91), flat)).status).toBe('inconclusive');
});

test('is not detected in the middle of the scale, and not applicable without scores', () => {
  expect(look(saturatedOrFloorTask, plant(flat)).status).toBe('not-detected');
  expect(look(saturatedOrFloorTask, without('scores', plant())).status).toBe('not-applicable');
});
