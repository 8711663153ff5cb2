import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeVarianceOverSteps } from '../../src/diagnostics/change-variance-over-steps.ts';
import { step } from './trajectory.ts';

test('is the sample variance over steps of the median change', () => {
  const steps = [step(0, 1, [0.1, 0.2, 0.9]), step(1, 2, [0.4]), step(2, 3, [0.3, 0.3])];
  // np.var([0.2, 0.4, 0.3], ddof=1)
  expect(numberOf(changeVarianceOverSteps.measure({ steps }))).toBeCloseTo(0.01, 12);
  expect(changeVarianceOverSteps.measure({ steps: steps.slice(1, 2) })).toMatchObject({
    status: 'skipped',
    code: 'too-few-steps',
  });
});
