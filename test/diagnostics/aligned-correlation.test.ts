import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { alignedCorrelation } from '../../src/diagnostics/aligned-correlation.ts';
import { depthScore } from '../../src/diagnostics/depth-score.ts';
import { weightCorrelation } from '../../src/diagnostics/weight-correlation.ts';
import { gaussian, pairInput } from './inputs.ts';
import { plainPair } from './reference-pair.ts';

const unrelated = pairInput(gaussian(30, 40, 1), gaussian(30, 40, 2), [30, 40]);

test('is the raw correlation where nothing was aligned', () => {
  expect(alignedCorrelation.measure(plainPair)).toEqual(weightCorrelation.measure(plainPair));
});

test('is the larger of both, with what made it, and the depth score follows it', () => {
  const found = { ...unrelated, aligned: { correlation: 0.97, how: 'products of 8 heads' } };
  expect(alignedCorrelation.measure(found)).toMatchObject({ value: 0.97, note: 'products of 8 heads' });
  expect(numberOf(depthScore.measure(found))).toBeCloseTo(0.03, 12);
  const worse = { ...unrelated, aligned: { correlation: -0.5, how: 'x' } };
  expect(numberOf(alignedCorrelation.measure(worse))).toBe(numberOf(weightCorrelation.measure(unrelated)));
});

test('a search in vain leaves the value and says what was tried', () => {
  const measured = alignedCorrelation.measure({ ...unrelated, aligned: { how: 'no other coordinates match' } });
  expect(measured).toMatchObject({
    value: numberOf(weightCorrelation.measure(unrelated)),
    note: 'no other coordinates match',
  });
});
