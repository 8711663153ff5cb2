import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { effectiveRank } from '../../src/diagnostics/effective-rank.ts';
import { geometryScore } from '../../src/diagnostics/geometry-score.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { scaledNoise } from '../../src/spectrum/noise.ts';
import { gaussian, pairInput, spectrumInput } from './inputs.ts';

const [rows, cols] = [48, 64];
/** A matrix with a decaying spectrum, so that noise raises its effective rank. */
const reference = gaussian(rows, cols, 1).map((value, index) => value * 0.9 ** Math.floor(index / cols));
const norm = (matrix: Float64Array): number => Math.hypot(...matrix);
const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, index) => value + (b[index] as number));
const nullsOf = (size: number): Float64Array[] =>
  [1, 2, 3, 4, 5].map((seed) => gramEigenvalues(plus(reference, scaledNoise(rows * cols, size, seed)), rows, cols));
const erank = (eigenvalues: Float64Array): number => numberOf(effectiveRank.measure(spectrumInput(eigenvalues))) ?? 0;
const score = (change: Float64Array): number | undefined =>
  numberOf(geometryScore.measure(pairInput(reference, plus(reference, change), [rows, cols], nullsOf(norm(change)))));

test('is near 0 for a change that is noise, however large', () => {
  expect(score(scaledNoise(rows * cols, 0.3 * norm(reference), 99))).toBeLessThan(0.2);
  expect(score(scaledNoise(rows * cols, norm(reference), 98))).toBeLessThan(0.2);
});

test('is 1 where the change lowers the effective rank while noise of its size would raise it', () => {
  const size = 1.4 * norm(reference);
  const flat = new Float64Array(rows * cols).fill(size / Math.sqrt(rows * cols));
  const nulls = nullsOf(size);
  const shifts = [plus(reference, flat), reference].map((matrix) => erank(gramEigenvalues(matrix, rows, cols)));
  expect(shifts[0]).toBeLessThan(shifts[1] ?? 0);
  for (const eigenvalues of nulls) expect(erank(eigenvalues)).toBeGreaterThan(shifts[1] ?? 0);
  expect(score(flat)).toBe(1);
});

test('subtracts what noise explains where both go the same way', () => {
  const change = scaledNoise(rows * cols, 0.1 * norm(reference), 97).map((value, index) =>
    index < 4 * cols ? 0 : value,
  );
  const whole = numberOf(
    geometryScore.measure(
      pairInput(reference, plus(reference, change), [rows, cols], [gramEigenvalues(reference, rows, cols)]),
    ),
  );
  expect(score(change)).toBeLessThan(whole ?? 0);
});

test('without a null it is skipped, unless the effective rank did not move enough for one to matter', () => {
  const changed = pairInput(reference, gaussian(rows, cols, 5), [rows, cols]);
  expect(geometryScore.measure(changed)).toMatchObject({ status: 'skipped', code: 'no-null' });
  const scaled = pairInput(
    reference,
    reference.map((value) => 1.5 * value),
    [rows, cols],
  );
  const measured = geometryScore.measure(scaled);
  expect(measured).toMatchObject({ status: 'ok', n: 0, note: expect.stringContaining('upper bound') });
  expect(numberOf(measured)).toBeLessThan(0.01);
});
