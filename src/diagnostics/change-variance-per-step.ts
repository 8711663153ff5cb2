import { mean } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { TrajectoryDiagnostic } from './diagnostic.ts';
import { variancePerStep } from './trajectory-steps.ts';

/** Change variance with the distance of checkpoints divided out. */
export const changeVariancePerStep: TrajectoryDiagnostic = {
  scope: 'trajectory',
  meta: {
    id: 'change_variance_per_step',
    title: 'Change variance per squared step',
    description:
      'The change variance between consecutive checkpoints, made comparable where they are not equally far apart.',
    formula: 'mean over t of median over matrices of Var(W_t − W_{t−1})/(steps between)²',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (change_variance, per-step normalised)',
    thresholds: [],
  },
  measure: ({ steps }) => {
    const values = steps.flatMap((step) => variancePerStep(step) ?? []);
    if (values.length === 0)
      return skipped('no-steps', 'No pair of checkpoints has a change variance and rising step numbers.');
    return ok(mean(values), { n: values.length });
  },
};
