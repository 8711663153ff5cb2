import { expect, test } from 'vitest';
import { overTrainedLayers } from '../../src/findings/over-trained-layers.ts';
import { look } from './comparison.ts';
import { blocks, type PlantedMatrix, plantSpectra } from './spectra.ts';

const layers = (of: (role: PlantedMatrix['role'], depth: number) => Omit<PlantedMatrix, 'role' | 'depth'>) =>
  plantSpectra(blocks(['v', 'up'], 10, of));
const beyond = (role: string, depth: number) => role === 'v' && (depth === 3 || depth === 4);

test('is detected where α lies beyond the border by more than its error, and names the layers', () => {
  const product = look(
    overTrainedLayers,
    layers((role, depth) => ({ before: 4, after: beyond(role, depth) ? 1.2 : 4 })),
  );
  expect(product).toMatchObject({ status: 'detected', names: ['v 3–4'], effect: { value: 10, k: 2, n: 20 } });
  expect(product.plain).toContain('None of them did in the base');
});

test('says how many were so in the base', () => {
  const product = look(
    overTrainedLayers,
    layers((role, depth) => ({ before: beyond(role, depth) ? 1.2 : 4, after: beyond(role, depth) ? 1.2 : 4 })),
  );
  expect(product.plain).toContain('2 of them did in the base');
});

test('α that Gaussian matrices of the shape have as well is not counted', () => {
  const product = look(
    overTrainedLayers,
    layers((role, depth) => ({
      before: 4,
      after: beyond(role, depth) ? 1.2 : 4,
      ...(beyond(role, depth) ? { gaussian: [1.0, 1.5] as const } : {}),
    })),
  );
  expect(product).toMatchObject({ status: 'inconclusive', names: [] });
});

test('is inconclusive where α lies beyond the border within its error', () => {
  expect(
    look(
      overTrainedLayers,
      layers(() => ({ before: 4, after: 1.9, sigma: 0.1 })),
    ).status,
  ).toBe('inconclusive');
});

test('is not detected where every α with its error stays on this side of 2', () => {
  expect(
    look(
      overTrainedLayers,
      layers(() => ({ before: 4, after: 4 })),
    ).status,
  ).toBe('not-detected');
});

test('follows the border of the dossier', () => {
  const dossier = layers(() => ({ before: 4, after: 4 }));
  dossier.constants.alpha_low = 4.5;
  expect(look(overTrainedLayers, dossier).status).toBe('detected');
});

test('is not applicable without exponents', () => {
  expect(look(overTrainedLayers, plantSpectra([])).status).toBe('not-applicable');
});
