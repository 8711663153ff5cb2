import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { depthScore } from '../../src/diagnostics/depth-score.ts';
import { gaussian, pairInput } from './inputs.ts';

const reference = gaussian(30, 40, 1);
const score = (subject: Float64Array): number | undefined =>
  numberOf(depthScore.measure(pairInput(reference, subject, [30, 40])));

test('is 0 without change, 1 for the negative of the reference and near 1 for an unrelated matrix', () => {
  expect(score(reference)).toBeCloseTo(0, 12);
  expect(score(reference.map((value) => -value))).toBe(1);
  expect(score(gaussian(30, 40, 2))).toBeCloseTo(1, 1);
});

test('is skipped with the correlation', () => {
  const input = pairInput(reference, new Float64Array(1200), [30, 40]);
  expect(depthScore.measure(input)).toMatchObject({ status: 'skipped', code: 'constant-matrix' });
});
