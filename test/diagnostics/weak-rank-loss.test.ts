import { expect, test } from 'vitest';
import { weakRankLoss } from '../../src/diagnostics/weak-rank-loss.ts';
import { spectrumInput } from './inputs.ts';

test('counts eigenvalues below 1e-6, whatever the largest one is', () => {
  expect(weakRankLoss.measure(spectrumInput([0, 9.9e-7, 1e-6, 5]))).toMatchObject({ value: 2, n: 4 });
  expect(weakRankLoss.measure(spectrumInput([1e-8, 1e-7]))).toMatchObject({ value: 2 });
});
