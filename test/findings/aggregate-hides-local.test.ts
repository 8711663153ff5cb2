import { expect, test } from 'vitest';
import { aggregateHidesLocal } from '../../src/findings/aggregate-hides-local.ts';
import { look, without } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

const kinds = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;

/** The case of § 6.3 of the paper: the share goes from 138 to 132 of 224, three layers of v move by far. */
const deduplicated = () =>
  plantSpectra(
    blocks(kinds, 32, (role, depth) => {
      if (role === 'v' && [2, 10, 27].includes(depth)) return { before: 20, after: 8 };
      // Twelve matrices cross the border by next to nothing, nine out and three in: 6 of 224.
      if (role === 'up' && depth < 9) return { before: 5.98, after: 6.02, sigma: 0.5 };
      if (role === 'up' && depth < 12) return { before: 6.02, after: 5.98, sigma: 0.5 };
      return { before: 4, after: 4 };
    }),
  );

test('is detected in the prompt-duplication case: a flat share over three layers of v that moved', () => {
  const product = look(aggregateHidesLocal, deduplicated());
  expect(product).toMatchObject({ status: 'detected', names: ['v 2, 10, 27'] });
  expect(product.effect).toMatchObject({ value: expect.closeTo(58.93 - 61.61, 1) });
});

test('is not detected where the share moved itself', () => {
  const moved = plantSpectra(blocks(kinds, 32, (role) => ({ before: 4, after: role === 'v' ? 9 : 4 })));
  expect(look(aggregateHidesLocal, moved).status).toBe('not-detected');
});

test('is inconclusive where nothing moved beyond its error, since that shows no absence', () => {
  const still = plantSpectra(blocks(kinds, 32, () => ({ before: 4, after: 4.05, sigma: 0.5 })));
  expect(look(aggregateHidesLocal, still).status).toBe('inconclusive');
});

test('is inconclusive where layers moved and the share by the margin, within chance', () => {
  const unclear = plantSpectra(
    blocks(['v', 'up'], 16, (role, depth) => {
      if (role === 'up' && depth < 3) return { before: 5.98, after: 6.02, sigma: 0.5 };
      return { before: 4, after: role === 'v' && depth === 5 ? 5.5 : 4 };
    }),
  );
  expect(look(aggregateHidesLocal, unclear).status).toBe('inconclusive');
});

test('is not applicable without the weights', () => {
  expect(look(aggregateHidesLocal, without('weights', deduplicated())).status).toBe('not-applicable');
});
