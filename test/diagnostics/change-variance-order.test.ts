import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeVarianceOrder } from '../../src/diagnostics/change-variance-order.ts';
import { step } from './trajectory.ts';

test('is −1 under decay and says where the order breaks', () => {
  const run = (...variances: number[]) => ({
    steps: variances.map((variance, index) => step(index, index + 1, [variance])),
  });
  expect(changeVarianceOrder.measure(run(5, 4, 2, 1))).toMatchObject({ value: -1, n: 4, note: 'monotone' });
  expect(numberOf(changeVarianceOrder.measure(run(2, 1, 4, 3, 5)))).toBeCloseTo(0.6, 12);
  expect(changeVarianceOrder.measure(run(2, 1, 4, 3, 5))).toMatchObject({ note: 'not monotone' });
  expect(changeVarianceOrder.measure(run(1, 2))).toMatchObject({ status: 'skipped', code: 'too-few-steps' });
});
