import { expect, test } from 'vitest';
import { tailMassGrowth } from '../../src/findings/tail-mass-growth.ts';
import { look } from './comparison.ts';
import { blocks, plantSpectra } from './spectra.ts';

const grown = (count: number, to: number, back = 0) =>
  plantSpectra(
    blocks(['q', 'up'], 40, (role, depth) => ({
      before: role === 'up' && depth < back ? 8 : 4,
      after: role === 'q' && depth < count ? to : 4,
    })),
  );

test('is detected where α went from within [2, 6] into (6, 10] in many matrices', () => {
  expect(look(tailMassGrowth, grown(10, 8))).toMatchObject({ status: 'detected', effect: { value: 12.5 } });
});

test('α beyond 10 is not tail mass', () => {
  expect(look(tailMassGrowth, grown(10, 12)).status).not.toBe('detected');
});

test('is not detected where nothing moved among enough matrices', () => {
  expect(look(tailMassGrowth, grown(0, 8))).toMatchObject({ status: 'not-detected', effect: { value: 0 } });
});

test('is inconclusive where a few entered and a few left', () => {
  expect(look(tailMassGrowth, grown(6, 8, 3)).status).toBe('inconclusive');
});

test('is not applicable without exponents', () => {
  expect(look(tailMassGrowth, plantSpectra([])).status).toBe('not-applicable');
});
