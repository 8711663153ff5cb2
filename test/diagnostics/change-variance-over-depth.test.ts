import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeVarianceOverDepth } from '../../src/diagnostics/change-variance-over-depth.ts';
import { step } from './trajectory.ts';

test('is the variance over layers, the mean over steps', () => {
  const steps = [step(0, 1, [0.1, 0.3]), step(1, 2, [0.2, 0.2, 0.2])];
  // (np.var([.1, .3], ddof=1) + 0) / 2
  expect(numberOf(changeVarianceOverDepth.measure({ steps }))).toBeCloseTo(0.01, 12);
  expect(changeVarianceOverDepth.measure({ steps: [step(0, 1, [0.1])] })).toMatchObject({
    status: 'skipped',
    code: 'too-few-layers',
  });
});
