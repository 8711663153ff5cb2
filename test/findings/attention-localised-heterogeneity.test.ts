import { expect, test } from 'vitest';
import { attentionLocalisedHeterogeneity } from '../../src/findings/attention-localised-heterogeneity.ts';
import { look, without } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

/** Exponents move by `attention` in q and v and by `mlp` in up and down, up and down in turns, a little more each layer. */
const moved = (attention: number, mlp: number, sigma = 0.05) =>
  plantSpectra(
    blocks(['q', 'v', 'up', 'down'], 12, (role, depth) => {
      const size = (role === 'q' || role === 'v' ? attention : mlp) * (1 + depth / 50);
      return { before: 4, after: 4 + (depth % 2 === 0 ? size : -size), sigma };
    }),
  );

test('is detected where attention moved ten times as much, and names the kinds', () => {
  const product = look(attentionLocalisedHeterogeneity, moved(1, 0.1));
  expect(product).toMatchObject({ status: 'detected', names: ['q 0–11', 'v 0–11'] });
  expect(product.effect).toMatchObject({ value: expect.closeTo(Math.log(10), 5), interval: expect.anything() });
});

test('is not detected where the MLP moved more', () => {
  expect(look(attentionLocalisedHeterogeneity, moved(0.1, 1)).status).toBe('not-detected');
});

test('is inconclusive where no exponent moved beyond its error, whatever the ratio', () => {
  expect(look(attentionLocalisedHeterogeneity, moved(1, 0.1, 5)).status).toBe('inconclusive');
});

test('is not applicable without a contrast or without weights', () => {
  expect(look(attentionLocalisedHeterogeneity, plantSpectra([])).status).toBe('not-applicable');
  expect(look(attentionLocalisedHeterogeneity, without('weights', moved(1, 0.1))).status).toBe('not-applicable');
});
