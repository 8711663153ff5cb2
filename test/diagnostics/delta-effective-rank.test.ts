import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaEffectiveRank } from '../../src/diagnostics/delta-effective-rank.ts';
import { deltaLogEffectiveRank } from '../../src/diagnostics/delta-log-effective-rank.ts';
import { pairInput } from './inputs.ts';

const diagonal = (...values: number[]): Float64Array => {
  const matrix = new Float64Array(values.length ** 2);
  for (const [index, value] of values.entries()) matrix[index * (values.length + 1)] = value;
  return matrix;
};

test('is signed: three equal directions less one direction is 2, and the other way −2', () => {
  const [one, three] = [diagonal(1, 0, 0), diagonal(2, 2, 2)];
  expect(numberOf(deltaEffectiveRank.measure(pairInput(one, three, [3, 3])))).toBeCloseTo(2, 10);
  expect(numberOf(deltaEffectiveRank.measure(pairInput(three, one, [3, 3])))).toBeCloseTo(-2, 10);
});

test('in logarithms the same change is ln 3', () => {
  const input = pairInput(diagonal(1, 0, 0), diagonal(2, 2, 2), [3, 3]);
  expect(numberOf(deltaLogEffectiveRank.measure(input))).toBeCloseTo(Math.log(3), 10);
});

test('is skipped where one side is a zero matrix', () => {
  for (const unit of [deltaEffectiveRank, deltaLogEffectiveRank])
    for (const [reference, subject] of [
      [diagonal(0, 0), diagonal(1, 1)],
      [diagonal(1, 1), diagonal(0, 0)],
    ] as const)
      expect(unit.measure(pairInput(reference, subject, [2, 2]))).toMatchObject({
        status: 'skipped',
        code: 'zero-matrix',
      });
});
