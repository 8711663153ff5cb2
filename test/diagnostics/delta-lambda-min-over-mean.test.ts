import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaLambdaMinOverMean } from '../../src/diagnostics/delta-lambda-min-over-mean.ts';
import { gaussian, pairInput, spectrumInput } from './inputs.ts';

test('is 0 for a matrix that was only scaled, although xmin grew with the square', () => {
  const reference = gaussian(40, 60, 1);
  const input = pairInput(
    reference,
    reference.map((value) => 3 * value),
    [40, 60],
  );
  expect(numberOf(deltaLambdaMinOverMean.measure(input))).toBeCloseTo(0, 10);
});

test('has none where a side has no fit', () => {
  const input = pairInput(gaussian(4, 4, 1), gaussian(4, 4, 2), [4, 4]);
  expect(deltaLambdaMinOverMean.measure({ ...input, reference: spectrumInput([1]) })).toMatchObject({
    status: 'failed',
  });
});
