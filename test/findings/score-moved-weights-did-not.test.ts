import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { scoreMovedWeightsDidNot } from '../../src/findings/score-moved-weights-did-not.ts';
import { flat, light, narrowGain } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

/** What rounding to bf16 leaves. */
const rounded = { m: 0.0017, r: 0.999999, G: 0 };

test('is detected where two families scored differently on weights that are the same within rounding', () => {
  const product = look(scoreMovedWeightsDidNot, plant(narrowGain, rounded));
  expect(product).toMatchObject({ status: 'detected', names: ['puzzles', 'sums'] });
  expect(product.evidence[0]?.pointer).toMatch(/^\/weights\/matrices\/\d+\/diagnostics\/relative_change$/);
});

test('is not detected where the scores are the same as well, each family within the margin', () => {
  const dossier = plant(flat, rounded);
  const { scores } = only(dossier);
  if (scores.status !== 'ok') throw new Error('no scores');
  for (const family of scores.families)
    family.fixed = ok(0, { interval: { low: -1, high: 1, level: 0.95, method: 'planted' } });
  expect(look(scoreMovedWeightsDidNot, dossier).status).toBe('not-detected');
});

test('is inconclusive where a difference of the margin is not excluded', () => {
  const dossier = plant(flat, rounded);
  const { scores } = only(dossier);
  if (scores.status !== 'ok' || !scores.families[0]) throw new Error('no scores');
  scores.families[0].fixed = ok(1, { interval: { low: -3, high: 5, level: 0.95, method: 'planted' } });
  expect(look(scoreMovedWeightsDidNot, dossier).status).toBe('inconclusive');
});

test('is not applicable where one single matrix moved, or one could not be compared', () => {
  expect(look(scoreMovedWeightsDidNot, plant(narrowGain, light)).effect).toMatchObject({ code: 'weights-moved' });
  const unpaired = plant(narrowGain, rounded);
  const { weights } = only(unpaired);
  if (weights.status !== 'ok') throw new Error('no weights');
  weights.unpaired = 1;
  expect(look(scoreMovedWeightsDidNot, unpaired).effect).toMatchObject({ code: 'not-all-compared' });
});

test.each(['scores', 'weights'] as const)('is not applicable without the %s', (branch) => {
  expect(look(scoreMovedWeightsDidNot, without(branch, plant(narrowGain, rounded))).status).toBe('not-applicable');
});
