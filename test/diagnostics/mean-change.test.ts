import { expect, test } from 'vitest';
import { meanChange } from '../../src/diagnostics/mean-change.ts';
import { pairInput } from './inputs.ts';

test('is the mean of the differences, with its sign', () => {
  const input = pairInput(Float64Array.of(1, 2, 3, 4), Float64Array.of(0, 2, 3, 3), [2, 2]);
  expect(meanChange.measure(input)).toEqual({ status: 'ok', value: -0.5, n: 4 });
});
