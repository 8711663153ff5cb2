import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { weightCosine } from '../../src/diagnostics/weight-cosine.ts';
import { gaussian, pairInput } from './inputs.ts';
import { fromNumpy, plainPair } from './reference-pair.ts';

test('is that of NumPy', () => {
  expect(numberOf(weightCosine.measure(plainPair))).toBeCloseTo(fromNumpy.cosine, 14);
});

test('under independent noise of relative size δ is 1/√(1 + δ²)', () => {
  const reference = gaussian(100, 120, 1);
  const noise = gaussian(100, 120, 2);
  for (const delta of [0.05, 0.2, 1]) {
    const subject = reference.map((value, index) => value + delta * (noise[index] as number));
    expect(
      Math.abs(
        (numberOf(weightCosine.measure(pairInput(reference, subject, [100, 120]))) ?? 0) -
          1 / Math.sqrt(1 + delta ** 2),
      ),
    ).toBeLessThan(0.02);
  }
});

test('has none for a zero matrix', () => {
  expect(weightCosine.measure(pairInput(new Float64Array(4), gaussian(2, 2, 1), [2, 2]))).toMatchObject({
    status: 'skipped',
    code: 'zero-matrix',
  });
});
