import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { attnMlpAsymmetry } from '../../src/diagnostics/attn-mlp-asymmetry.ts';
import { layers } from './inputs.ts';

const shifts = (role: string, ...values: number[]) =>
  layers(
    values.map((value) => ({ delta_alpha_z: ok(value) })),
    role,
  );

test('is the logarithm of the ratio of median shifts, whatever their signs', () => {
  const matrices = [...shifts('q', -2, 2), ...shifts('o', 2), ...shifts('up', 1, -1), ...shifts('down', 1)];
  expect(numberOf(attnMlpAsymmetry.measure(matrices))).toBeCloseTo(Math.log(2), 12);
});

test('is skipped where a side is absent or did not move', () => {
  expect(attnMlpAsymmetry.measure(shifts('q', 1))).toMatchObject({ status: 'skipped', code: 'no-shift' });
  expect(attnMlpAsymmetry.measure([...shifts('q', 1), ...shifts('up', 0)])).toMatchObject({ status: 'skipped' });
});
