import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { alpha } from '../../src/diagnostics/alpha.ts';
import { deltaAlphaZ } from '../../src/diagnostics/delta-alpha-z.ts';
import { sigma } from '../../src/diagnostics/sigma.ts';
import { gaussian, pairInput, spectrumInput } from './inputs.ts';

const shape = [80, 60] as const;
const input = pairInput(gaussian(...shape, 1), gaussian(...shape, 2), shape);

test('is the change of α over twice the joined error of both fits', () => {
  const of = (unit: typeof alpha | typeof sigma): [number, number] => [
    numberOf(unit.measure(input.reference)) ?? Number.NaN,
    numberOf(unit.measure(input.subject)) ?? Number.NaN,
  ];
  const [[before, after], [errorBefore, errorAfter]] = [of(alpha), of(sigma)];
  expect(numberOf(deltaAlphaZ.measure(input))).toBeCloseTo(
    (after - before) / (2 * Math.hypot(errorBefore, errorAfter)),
    12,
  );
});

test('a side whose fit failed leaves no z', () => {
  const flat = { ...input, subject: spectrumInput(new Array<number>(60).fill(0)) };
  expect(deltaAlphaZ.measure(flat).status).not.toBe('ok');
});
