import { expect, test } from 'vitest';
import { failed, numberOf, ok } from '../../src/base/measured.ts';
import { alphaOver } from '../../src/diagnostics/alpha-over.ts';
import { layers } from './inputs.ts';

test('10 itself is not above 10', () => {
  const matrices = layers([2, 10, 10.01, 30].map((alpha) => ({ alpha: ok(alpha) })));
  expect(numberOf(alphaOver.measure(matrices))).toBe(50);
});

test('a matrix without a fit counts on neither side', () => {
  const matrices = layers([
    ...[2, 10, 10.01, 30].map((alpha) => ({ alpha: ok(alpha) })),
    { alpha: failed('fit-failed', 'x') },
  ]);
  expect(alphaOver.measure(matrices)).toMatchObject({ value: 50, n: 4 });
});
