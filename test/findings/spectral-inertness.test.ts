import { expect, test } from 'vitest';
import { spectralInertness } from '../../src/findings/spectral-inertness.ts';
import { narrowGain } from '../dossier/parts.ts';
import { look, plant, without } from './comparison.ts';

test.each([
  ['detected', 'moved and the geometry stayed', { m: 0.15, r: 0.99, G: 0.02 }],
  ['not-detected', 'moved and the geometry moved with them', { m: 0.15, r: 0.99, G: 0.6 }],
  ['not-applicable', 'hardly moved', { m: 0.01, r: 0.9999, G: 0 }],
] as const)('is %s where the weights %s', (status, _, weights) => {
  expect(look(spectralInertness, plant(narrowGain, weights)).status).toBe(status);
});

test('is inconclusive where no null was drawn', () => {
  const dossier = plant();
  const weights = dossier.comparisons[0]?.weights;
  if (weights?.status === 'ok') weights.restructuring.geometry = 'unclear';
  expect(look(spectralInertness, dossier).status).toBe('inconclusive');
});

test('needs the weights and not the scores', () => {
  expect(look(spectralInertness, without('weights', plant())).status).toBe('not-applicable');
  expect(look(spectralInertness, without('scores', plant())).status).toBe('detected');
});
