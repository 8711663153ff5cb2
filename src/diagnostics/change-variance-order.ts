import { kendallTau } from '../base/kendall.ts';
import { ok, skipped } from '../base/measured.ts';
import type { TrajectoryDiagnostic } from './diagnostic.ts';
import { variancePerStep } from './trajectory-steps.ts';

/** Whether the change variance rises or falls steadily during training. */
export const changeVarianceOrder: TrajectoryDiagnostic = {
  scope: 'trajectory',
  meta: {
    id: 'change_variance_order',
    title: 'Order of the change variance over steps',
    description:
      '−1 where each pair of checkpoints moved less than the one before, as under a decaying learning rate; anything between −1 and 1 is not monotone, which the paper sees in its unsteady condition.',
    formula: 'Kendall τ_b(step, change variance per squared step)',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows, Figure 3; METHOD § 1.3',
    thresholds: [],
  },
  measure: ({ steps }) => {
    const values = steps.flatMap((step) => {
      const value = variancePerStep(step);
      return value === undefined ? [] : [[step.to, value] as const];
    });
    const order = values.length < 3 ? undefined : kendallTau(values);
    if (order === undefined)
      return skipped('too-few-steps', 'Three pairs of consecutive checkpoints with different changes are needed.');
    return ok(order, { n: values.length, note: Math.abs(order) === 1 ? 'monotone' : 'not monotone' });
  },
};
