import { expect, test } from 'vitest';
import { failed, numberOf, ok } from '../../src/base/measured.ts';
import { alphaTailMass } from '../../src/diagnostics/alpha-tail-mass.ts';
import { layers } from './inputs.ts';

test('6 is not in (6, 10], 10 is', () => {
  const matrices = layers([6, 6.01, 10, 10.01].map((alpha) => ({ alpha: ok(alpha) })));
  expect(numberOf(alphaTailMass.measure(matrices))).toBe(50);
});

test('a matrix without a fit counts on neither side', () => {
  const matrices = layers([
    ...[6, 6.01, 10, 10.01].map((alpha) => ({ alpha: ok(alpha) })),
    { alpha: failed('fit-failed', 'x') },
  ]);
  expect(alphaTailMass.measure(matrices)).toMatchObject({ value: 50, n: 4 });
});
