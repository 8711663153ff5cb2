import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { meanAbsoluteChange } from '../../src/diagnostics/mean-absolute-change.ts';
import { fromNumpy, plainPair } from './reference-pair.ts';

test('is that of NumPy', () => {
  expect(numberOf(meanAbsoluteChange.measure(plainPair))).toBeCloseTo(fromNumpy.meanAbsoluteChange, 14);
});
