import { median } from 'simple-statistics';
import { kendallTau } from '../base/kendall.ts';
import { alongDepth, byKind } from './along-depth.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';

/** Whether the start of the fitted tail rises or falls along depth. */
export const lambdaMinDepthTrend: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'lambda_min_depth_trend',
    title: 'Trend of λ_min along depth',
    description:
      'Rank correlation of λ_min with depth within a module kind: 1 where it rises at every layer, −1 where it falls. An ordered trend is what the paper reads as the mark of the optimiser rather than of the data. The part over_mean is free of the size of the weights.',
    formula: 'median over module kinds of Kendall τ_b(λ_min, depth)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (heterogeneity, monotone trend); Benchmark Shadows, Figure 7',
    thresholds: [],
  },
  measure: (matrices) => trend(matrices, 'xmin'),
  parts: (matrices) => (matrices.length === 0 ? {} : { over_mean: trend(matrices, 'lambda_min_over_mean') }),
};

/** A rank correlation of fewer layers says nothing. */
const fewestLayers = 4;

function trend(matrices: readonly PooledMatrix[], id: string): ReturnType<ModelDiagnostic['measure']> {
  const rows = byKind(matrices).flatMap(([role, own]) => {
    const layers = alongDepth(own, id);
    return layers.length < fewestLayers ? [] : layers.map((layer) => ({ role, ...layer }));
  });
  return withDepthInterval(
    rows,
    (sample) => {
      const kinds = [...Map.groupBy(sample, ({ role }) => role).values()].flatMap(
        (own) => kendallTau(own.map(({ depth, value }) => [depth, value] as const)) ?? [],
      );
      return kinds.length === 0 ? undefined : median(kinds);
    },
    { code: 'too-few-layers', reason: `No module kind has ${id} in ${fewestLayers} layers.` },
  );
}
