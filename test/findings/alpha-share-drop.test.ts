import { expect, test } from 'vitest';
import { alphaShareDrop } from '../../src/findings/alpha-share-drop.ts';
import { look } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

/** 32 layers × 7 kinds; in the first `left` layers of q α leaves [2, 6], in the first `entered` of k it enters. */
const share = (left: number, entered: number) =>
  plantSpectra(
    blocks(['q', 'k', 'v', 'o', 'gate', 'up', 'down'], 32, (role, depth) => ({
      before: role === 'k' && depth < entered ? 7 : 4,
      after: role === 'q' && depth < left ? 7 : 4,
    })),
  );

test('is detected where more left the range than chance lets, and names them', () => {
  const product = look(alphaShareDrop, share(12, 1));
  expect(product).toMatchObject({
    status: 'detected',
    effect: { value: expect.closeTo((-100 * 11) / 224, 10), interval: { method: expect.stringContaining('Tango') } },
  });
  expect(product.names).toHaveLength(12);
  // Two-sided binomial test of 1 in 13 at ½ (R: binom.test(1, 13)): 0.003418.
  expect(product.technical).toContain('p 0.003');
});

test('three matrices of 224 are never detected, which is Table 1’s D against A', () => {
  expect(look(alphaShareDrop, share(3, 0)).status).toBe('not-detected');
  expect(look(alphaShareDrop, share(3, 0)).technical).toContain('p 0.250');
});

test('is inconclusive where a fall of the margin is not excluded', () => {
  expect(look(alphaShareDrop, share(20, 11)).status).toBe('inconclusive');
});

test('a rise is no drop', () => {
  expect(look(alphaShareDrop, share(0, 20)).status).toBe('not-detected');
});

test('is not applicable where nothing was fitted', () => {
  expect(look(alphaShareDrop, plantSpectra([])).status).toBe('not-applicable');
});
