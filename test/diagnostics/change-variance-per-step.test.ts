import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeVariancePerStep } from '../../src/diagnostics/change-variance-per-step.ts';
import { step } from './trajectory.ts';

test('a steady drift gives the same whatever lies between checkpoints', () => {
  const drift = (steps: number): number => (0.01 * steps) ** 2;
  const near = [step(0, 10, [drift(10)]), step(10, 20, [drift(10)])];
  const far = [step(0, 20, [drift(20)])];
  expect(numberOf(changeVariancePerStep.measure({ steps: near }))).toBeCloseTo(1e-4, 14);
  expect(numberOf(changeVariancePerStep.measure({ steps: far }))).toBeCloseTo(1e-4, 14);
});

test('steps that do not rise have none', () => {
  expect(changeVariancePerStep.measure({ steps: [step(5, 5, [1])] })).toMatchObject({
    status: 'skipped',
    code: 'no-steps',
  });
});
