import { expect, test } from 'vitest';
import { changeVariance } from '../../src/diagnostics/change-variance.ts';
import { pairInput } from './inputs.ts';

test('is the population variance of the differences, 0 for a uniform shift', () => {
  const reference = Float64Array.of(1, 2, 3, 4);
  expect(changeVariance.measure(pairInput(reference, Float64Array.of(2, 4, 4, 6), [2, 2]))).toEqual({
    status: 'ok',
    value: 0.25,
    n: 4,
  });
  expect(changeVariance.measure(pairInput(reference, Float64Array.of(3, 4, 5, 6), [2, 2]))).toMatchObject({ value: 0 });
});
