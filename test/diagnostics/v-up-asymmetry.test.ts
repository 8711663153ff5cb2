import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { vUpAsymmetry } from '../../src/diagnostics/v-up-asymmetry.ts';
import { layers } from './inputs.ts';

const shifts = (role: string, ...values: number[]) =>
  layers(
    values.map((value) => ({ delta_alpha_z: ok(value) })),
    role,
  );

test('compares v with up alone', () => {
  const matrices = [...shifts('v', -4, 4), ...shifts('up', 1, -1), ...shifts('q', 100), ...shifts('down', 0.001)];
  expect(numberOf(vUpAsymmetry.measure(matrices))).toBeCloseTo(Math.log(4), 12);
  expect(vUpAsymmetry.measure(shifts('v', 1))).toMatchObject({ status: 'skipped', code: 'no-shift' });
});
