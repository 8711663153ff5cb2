import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { noiseLogEffectiveRank } from '../../src/diagnostics/noise-log-effective-rank.ts';
import { gaussian, pairInput } from './inputs.ts';

test('is the mean shift of ln erank over the draws: from rank 1 to k equal directions it is ln k', () => {
  const reference = Float64Array.from({ length: 16 }, (_, index) => (index === 0 ? 3 : 0));
  const nulls = [Float64Array.of(0, 0, 4, 4), Float64Array.of(1, 1, 1, 1)];
  const measured = noiseLogEffectiveRank.measure(pairInput(reference, gaussian(4, 4, 1), [4, 4], nulls));
  expect(numberOf(measured)).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 12);
  expect(measured).toMatchObject({ n: 2 });
});

test('without draws there is none', () => {
  expect(noiseLogEffectiveRank.measure(pairInput(gaussian(4, 4, 1), gaussian(4, 4, 2), [4, 4]))).toMatchObject({
    status: 'skipped',
    code: 'no-null',
  });
});
