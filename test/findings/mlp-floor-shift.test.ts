import { expect, test } from 'vitest';
import { mlpFloorShift } from '../../src/findings/mlp-floor-shift.ts';
import { look, without } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

const floors = (layers: number, floor: (depth: number) => number) =>
  plantSpectra(
    blocks(['v', 'up'], layers, (role, depth) => ({ before: 4, after: 4, floor: role === 'up' ? floor(depth) : 9 })),
  );

test('is detected where the floor rose in all up projections, always with the norm ratio', () => {
  const product = look(
    mlpFloorShift,
    floors(32, () => 0.5),
  );
  expect(product).toMatchObject({ status: 'detected', effect: { value: 100, k: 32, n: 32 } });
  expect(product.plain).toContain('32 of 32 up projections the tail of the spectrum begins higher');
  expect(product.plain).toContain('1.100 times');
  expect(product.technical).toContain('raw λ_min rose in 32 of 32');
});

test('is detected the other way round', () => {
  const product = look(
    mlpFloorShift,
    floors(12, () => -0.5),
  );
  expect(product).toMatchObject({ status: 'detected', plain: expect.stringContaining('begins lower') });
});

test('is not detected where as many rose as fell among many layers', () => {
  const product = look(
    mlpFloorShift,
    floors(64, (depth) => (depth % 2 === 0 ? 1 : -1)),
  );
  expect(product.status).toBe('not-detected');
});

test('seven of eight are not yet an order, and eight layers alike are', () => {
  const seven = floors(8, (depth) => (depth === 3 ? -1 : 1));
  expect(look(mlpFloorShift, seven).status).toBe('inconclusive');
  expect(
    look(
      mlpFloorShift,
      floors(8, () => 1),
    ).status,
  ).toBe('detected');
});

test('is inconclusive where no floor moved, and not applicable with few layers or without weights', () => {
  const none = floors(12, () => 0);
  expect(look(mlpFloorShift, none).status).toBe('inconclusive');
  expect(
    look(
      mlpFloorShift,
      floors(5, () => 1),
    ).status,
  ).toBe('not-applicable');
  expect(look(mlpFloorShift, without('weights', none)).status).toBe('not-applicable');
});
