import { expect, test } from 'vitest';
import { rankLoss } from '../../src/diagnostics/rank-loss.ts';
import { spectrumInput } from './inputs.ts';

test('a projection onto k of n directions loses n − k', () => {
  expect(rankLoss.measure(spectrumInput([0, 0, 0, 1, 1]))).toMatchObject({ value: 3, n: 5 });
  expect(rankLoss.measure(spectrumInput([1, 2, 3]))).toMatchObject({ value: 0 });
});

test('a zero matrix loses all of them', () => {
  expect(rankLoss.measure(spectrumInput([0, 0]))).toMatchObject({ value: 2 });
});
