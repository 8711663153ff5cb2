import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { attnMlpRankAsymmetry } from '../../src/diagnostics/attn-mlp-rank-asymmetry.ts';
import { layers } from './inputs.ts';

const shifts = (role: string, ...values: number[]) =>
  layers(
    values.map((value) => ({ delta_log_effective_rank: ok(value) })),
    role,
  );

test('is the logarithm of the ratio of median sizes, with an interval over eight layers', () => {
  const few = [...shifts('v', -0.03, 0.03), ...shifts('down', 0.01, -0.01)];
  expect(numberOf(attnMlpRankAsymmetry.measure(few))).toBeCloseTo(Math.log(3), 12);
  const many = [
    ...shifts('v', ...new Array<number>(8).fill(0.03)),
    ...shifts('up', ...new Array<number>(8).fill(-0.01)),
  ];
  const measured = attnMlpRankAsymmetry.measure(many);
  expect(measured).toMatchObject({
    interval: { low: expect.closeTo(Math.log(3), 12), high: expect.closeTo(Math.log(3), 12) },
  });
});
