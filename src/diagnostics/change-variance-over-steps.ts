import { sampleVariance } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { TrajectoryDiagnostic } from './diagnostic.ts';
import { typical } from './trajectory-steps.ts';

/** How unsteady the size of the change is from checkpoint to checkpoint. */
export const changeVarianceOverSteps: TrajectoryDiagnostic = {
  scope: 'trajectory',
  meta: {
    id: 'change_variance_over_steps',
    title: 'Variance of the change over steps',
    description:
      'Whether the weights moved by the same amount between each two checkpoints, or by bursts. Reads the relative change, so equally spaced checkpoints are needed for it to mean anything.',
    formula: 'Var_t(median over matrices of m_t)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (change_variance.over_steps)',
    thresholds: [],
  },
  measure: ({ steps }) => {
    const changes = steps.flatMap((step) => typical(step, 'relative_change') ?? []);
    if (changes.length < 2) return skipped('too-few-steps', 'Two pairs of consecutive checkpoints are needed.');
    return ok(sampleVariance(changes), { n: changes.length });
  },
};
