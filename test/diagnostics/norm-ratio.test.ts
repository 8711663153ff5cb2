import { expect, test } from 'vitest';
import { normRatio } from '../../src/diagnostics/norm-ratio.ts';
import { gaussian, pairInput } from './inputs.ts';

test('is the factor of a scaled matrix', () => {
  const reference = gaussian(8, 8, 1);
  const input = pairInput(
    reference,
    reference.map((value) => -1.2 * value),
    [8, 8],
  );
  expect(normRatio.measure(input)).toMatchObject({ value: expect.closeTo(1.2, 12) });
  expect(normRatio.measure(pairInput(new Float64Array(64), reference, [8, 8]))).toMatchObject({ status: 'skipped' });
});
