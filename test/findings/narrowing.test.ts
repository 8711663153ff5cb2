import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { narrowing } from '../../src/findings/narrowing.ts';
import { broadGain, flat } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

test('is detected where two of six families gained, and says how many carry it', () => {
  const product = look(narrowing, plant());
  expect(product).toMatchObject({
    status: 'detected',
    names: ['puzzles', 'sums'],
    effect: { value: expect.closeTo(100 / 3, 0), n: 6, interval: expect.anything() },
  });
});

test('is not detected where all gained alike', () => {
  expect(look(narrowing, plant(broadGain)).status).toBe('not-detected');
});

test('is inconclusive without an interval, or where equal gains would look the same', () => {
  const dossier = plant();
  const { scores } = only(dossier);
  if (scores.status !== 'ok') throw new Error('no scores');
  const resampled = scores.asymmetry.resampled?.kappa.effectiveFamilies;
  if (!resampled?.null) throw new Error('not resampled');
  resampled.null.low = 1;
  expect(look(narrowing, dossier).status).toBe('inconclusive');
  resampled.null.low = 5.9;
  resampled.value = ok(2);
  expect(look(narrowing, dossier).status).toBe('inconclusive');
});

test('is not applicable where nothing rose, or without scores', () => {
  expect(look(narrowing, plant(flat)).effect).toMatchObject({ code: 'no-gain' });
  expect(look(narrowing, without('scores', plant())).status).toBe('not-applicable');
});
