import { expect, test } from 'vitest';
import { failed, numberOf, ok } from '../../src/base/measured.ts';
import { alphaUnder } from '../../src/diagnostics/alpha-under.ts';
import { layers } from './inputs.ts';

test('2 itself is not below 2', () => {
  const matrices = layers([1.99, 2, 6, 30].map((alpha) => ({ alpha: ok(alpha) })));
  expect(numberOf(alphaUnder.measure(matrices))).toBe(25);
});

test('a matrix without a fit counts on neither side', () => {
  const matrices = layers([
    ...[1.99, 2, 6, 30].map((alpha) => ({ alpha: ok(alpha) })),
    { alpha: failed('fit-failed', 'x') },
  ]);
  expect(alphaUnder.measure(matrices)).toMatchObject({ value: 25, n: 4 });
});
