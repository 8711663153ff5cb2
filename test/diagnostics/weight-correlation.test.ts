import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { weightCorrelation } from '../../src/diagnostics/weight-correlation.ts';
import { gaussian, pairInput } from './inputs.ts';

const reference = gaussian(30, 40, 1);
const correlation = (subject: Float64Array): number | undefined =>
  numberOf(weightCorrelation.measure(pairInput(reference, subject, [30, 40])));

test('is 1 for a shifted and scaled copy, −1 for its negative and near 0 for an unrelated matrix', () => {
  expect(correlation(reference.map((value) => 3 * value + 2))).toBeCloseTo(1, 12);
  expect(correlation(reference.map((value) => -value))).toBeCloseTo(-1, 12);
  expect(Math.abs(correlation(gaussian(30, 40, 2)) ?? 1)).toBeLessThan(0.1);
});

test("is 0.98 at a relative change of one fifth without a change of norm, the paper's pair of numbers", () => {
  const noise = gaussian(30, 40, 3);
  const angle = Math.acos(0.98);
  const subject = reference.map((value, index) => Math.cos(angle) * value + Math.sin(angle) * (noise[index] as number));
  expect(correlation(subject)).toBeCloseTo(0.98, 1);
});

test('constant matrices have none', () => {
  expect(weightCorrelation.measure(pairInput(reference, new Float64Array(1200).fill(2), [30, 40]))).toMatchObject({
    status: 'skipped',
    code: 'constant-matrix',
  });
});
