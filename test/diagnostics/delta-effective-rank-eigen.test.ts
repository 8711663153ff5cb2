import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { deltaEffectiveRankEigen } from '../../src/diagnostics/delta-effective-rank-eigen.ts';
import { gaussian, pairInput } from './inputs.ts';
import { fromNumpy, plainPair } from './reference-pair.ts';

test('is that of NumPy', () => {
  expect(numberOf(deltaEffectiveRankEigen.measure(plainPair))).toBeCloseTo(fromNumpy.deltaEffectiveRankEigen, 10);
});

test('has none where one side is zero', () => {
  expect(deltaEffectiveRankEigen.measure(pairInput(gaussian(3, 3, 1), new Float64Array(9), [3, 3]))).toMatchObject({
    status: 'skipped',
    code: 'zero-matrix',
  });
});
