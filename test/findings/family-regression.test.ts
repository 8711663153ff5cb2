import { expect, test } from 'vitest';
import { familyRegression } from '../../src/findings/family-regression.ts';
import { broadGain, flat } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

test('is detected where a family fell, and names that family only', () => {
  expect(
    look(
      familyRegression,
      plant((family) => (family === 'facts' ? 0.2 : 0.4)),
    ),
  ).toMatchObject({
    status: 'detected',
    names: ['facts'],
    plain: 'facts scored lower than the base.',
    effect: { value: expect.closeTo(-20, 10) },
  });
});

test('is not detected where every family rose', () => {
  expect(look(familyRegression, plant(broadGain)).status).toBe('not-detected');
});

test('a fall of less than the margin is none, even if every item of it is certain', () => {
  expect(look(familyRegression, plant(flat)).status).not.toBe('detected');
});

test('is inconclusive where a fall is not excluded', () => {
  const dossier = plant(flat);
  const { scores } = only(dossier);
  if (scores.status !== 'ok') throw new Error('no scores');
  const [family] = scores.families;
  if (family?.fixed.status !== 'ok' || !family.fixed.interval) throw new Error('no interval');
  family.fixed.interval.low = -5;
  expect(look(familyRegression, dossier)).toMatchObject({
    status: 'inconclusive',
    plain: expect.stringContaining('not excluded'),
  });
});

test('needs the scores and not the weights', () => {
  expect(look(familyRegression, without('scores', plant())).status).toBe('not-applicable');
  expect(look(familyRegression, without('weights', plant(broadGain))).status).toBe('not-detected');
});
