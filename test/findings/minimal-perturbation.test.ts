import { expect, test } from 'vitest';
import { minimalPerturbation } from '../../src/findings/minimal-perturbation.ts';
import { light, narrowGain, rewritten } from '../dossier/parts.ts';
import { look, plant, without } from './comparison.ts';

test.each([
  ['detected', 'one percent', { m: 0.01, r: 0.9999, G: 0 }],
  ['not-detected', 'fifteen percent', light],
  ['not-detected', 'one and a half times their size', rewritten],
  ['inconclusive', 'just the limit of the regime', { m: 0.05, r: 0.999, G: 0 }],
] as const)('is %s where the weights moved by %s', (status, _, weights) => {
  const product = look(minimalPerturbation, plant(narrowGain, weights));
  expect(product.status).toBe(status);
  expect(product.effect).toMatchObject({ interval: expect.anything() });
});

test('is not applicable without the weights', () => {
  expect(look(minimalPerturbation, without('weights', plant())).status).toBe('not-applicable');
});
