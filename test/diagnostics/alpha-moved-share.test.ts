import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { alphaMovedShare } from '../../src/diagnostics/alpha-moved-share.ts';
import { alphaShifts } from '../../src/diagnostics/alpha-shifts.ts';
import { layers } from './inputs.ts';

const z = [3.1, -2.9, 0.5, -0.2, 2.2, 1.0, -4.0, 0.1];
const matrices = layers(
  z.map((value) => ({ delta_alpha_z: ok(value) })),
  'v',
);

// scipy 1.17.1: false_discovery_control(2 * norm.sf(np.abs(z)))
test('false-discovery rates are those of scipy', () => {
  const expected = [0.00774083, 0.009951, 0.82276677, 0.92034433, 0.05561379, 0.50769681, 0.00050674, 0.92034433];
  alphaShifts(matrices).forEach(({ q }, index) => {
    expect(q).toBeCloseTo(expected[index] as number, 7);
  });
});

test('counts those at or below 5 %, with layers and direction', () => {
  expect(alphaMovedShare.measure(matrices)).toMatchObject({ value: 37.5, k: 3, n: 8, note: 'v 0–1, 6' });
  expect(alphaMovedShare.parts?.(matrices)).toMatchObject({
    heavier: { k: 2, n: 8, note: 'v 1, 6' },
    lighter: { k: 1, n: 8, note: 'v 0' },
  });
});

test('without fits it is skipped and has no parts', () => {
  expect(alphaMovedShare.measure(layers([{}]))).toMatchObject({ status: 'skipped', code: 'no-fits' });
  expect(alphaMovedShare.parts?.(layers([{}]))).toEqual({});
});
