import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { lambdaMinOverMean } from '../../src/diagnostics/lambda-min-over-mean.ts';
import { xmin } from '../../src/diagnostics/xmin.ts';
import { spectrumInput } from './inputs.ts';

const values = [1, 2, 4, 8, 16, 32, 64, 128];

test('is xmin over the mean eigenvalue, whatever the scale', () => {
  const expected = (numberOf(xmin.measure(spectrumInput(values))) ?? 0) / (255 / 8);
  for (const scale of [1, 100])
    expect(numberOf(lambdaMinOverMean.measure(spectrumInput(values.map((value) => scale * value))))).toBeCloseTo(
      expected,
      10,
    );
});

test('has none without a fit', () => {
  expect(lambdaMinOverMean.measure(spectrumInput([1]))).toMatchObject({ status: 'failed' });
});
