import { expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { changeVarianceAmplification } from '../../src/diagnostics/change-variance-amplification.ts';
import { step } from './trajectory.ts';

const reference = [step(0, 10, [1]), step(10, 30, [2])];

test('is the geometric mean ratio over common steps: 1.3 where every one is 1.3 times the reference', () => {
  expect(
    numberOf(changeVarianceAmplification.measure({ steps: [step(0, 10, [1.3]), step(10, 30, [2.6])], reference })),
  ).toBeCloseTo(1.3, 12);
  expect(
    numberOf(changeVarianceAmplification.measure({ steps: [step(0, 10, [4]), step(10, 30, [0.5])], reference })),
  ).toBeCloseTo(1, 12);
  expect(
    changeVarianceAmplification.measure({ steps: [step(0, 10, [4]), step(10, 40, [9])], reference }),
  ).toMatchObject({ value: expect.closeTo(4, 12), n: 1 });
});

test('needs a reference with common checkpoints', () => {
  expect(changeVarianceAmplification.measure({ steps: reference })).toMatchObject({ code: 'no-reference' });
  expect(changeVarianceAmplification.measure({ steps: [step(3, 4, [1])], reference })).toMatchObject({
    code: 'no-common-steps',
  });
});
