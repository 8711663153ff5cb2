import { mean, sampleVariance } from 'simple-statistics';
import { numberOf, ok, skipped } from '../base/measured.ts';
import type { TrajectoryDiagnostic, TrajectoryStep } from './diagnostic.ts';

/** How unequally layers changed. */
export const changeVarianceOverDepth: TrajectoryDiagnostic = {
  scope: 'trajectory',
  meta: {
    id: 'change_variance_over_depth',
    title: 'Variance of the change over depth',
    description:
      'Whether training between two checkpoints was spread over the layers or concentrated in some of them, on average over the run.',
    formula: 'mean over t of Var_l(mean m of layer l)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (change_variance.over_depth)',
    thresholds: [],
  },
  measure: ({ steps }) => {
    const variances = steps.flatMap((step) => overLayers(step) ?? []);
    if (variances.length === 0) return skipped('too-few-layers', 'No pair of checkpoints has a change in two layers.');
    return ok(mean(variances), { n: variances.length });
  },
};

function overLayers({ matrices }: TrajectoryStep): number | undefined {
  const layers = [...Map.groupBy(matrices, ({ depth }) => depth)].flatMap(([depth, own]) => {
    const changes = own.flatMap(({ diagnostics }) => numberOf(diagnostics.relative_change) ?? []);
    return depth === null || changes.length === 0 ? [] : [mean(changes)];
  });
  return layers.length < 2 ? undefined : sampleVariance(layers);
}
