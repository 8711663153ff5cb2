import { expect, test } from 'vitest';
import { conservativeBackbone } from '../../src/findings/conservative-backbone.ts';
import { light, narrowGain, rewritten } from '../dossier/parts.ts';
import { look, only, plant, without } from './comparison.ts';

test.each([
  ['detected', 'a fifth of their size, as in Figure 9', { m: 0.2, r: 0.98, G: 0.02 }],
  ['not-detected', 'one percent', { m: 0.01, r: 0.9999, G: 0 }],
  ['not-detected', 'one and a half times their size', rewritten],
  ['inconclusive', 'just the limit of the regime', { m: 0.05, r: 0.999, G: 0 }],
] as const)('is %s where the weights moved by %s', (status, _, weights) => {
  expect(look(conservativeBackbone, plant(narrowGain, weights)).status).toBe(status);
});

test('is inconclusive without intervals, however clear the values', () => {
  const dossier = plant(narrowGain, light);
  const { weights } = only(dossier);
  if (weights.status !== 'ok' || weights.restructuring.medianRelativeChange.status !== 'ok')
    throw new Error('no weights');
  delete weights.restructuring.medianRelativeChange.interval;
  expect(look(conservativeBackbone, dossier).status).toBe('inconclusive');
});

test('follows the limits of the dossier', () => {
  const dossier = plant(narrowGain, light);
  dossier.constants.regime_conservative = 0.3;
  expect(look(conservativeBackbone, dossier).status).toBe('not-detected');
  expect(look(conservativeBackbone, dossier).technical).toContain('[0.3, 0.5)');
});

test('is not applicable without the weights', () => {
  expect(look(conservativeBackbone, without('weights', plant())).status).toBe('not-applicable');
});
