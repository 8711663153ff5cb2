import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { numberOf, ok, skipped } from '../base/measured.ts';
import type { ModelDiagnostic } from './diagnostic.ts';
import type { Matrices } from './over-matrices.ts';

/** Roughness of α along depth. */
export const alphaHeterogeneity: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_heterogeneity',
    title: 'Layer-wise heterogeneity of α',
    description:
      'How much the exponent jumps from one layer to the next within a module kind (q with q, up with up), robust against single spikes.',
    formula: 'median over module kinds of 1.4826 · MAD(α_{l+1} − α_l)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2; the paper describes it in words',
    thresholds: [],
  },
  measure: (matrices) => {
    const spreads = [...Map.groupBy(matrices, ({ role }) => role)].flatMap(([, own]) => {
      const steps = stepsAlongDepth(own);
      return steps.length < fewestSteps ? [] : [1.4826 * medianAbsoluteDeviation(steps)];
    });
    if (spreads.length === 0)
      return skipped('too-few-layers', `No module kind has α in ${fewestSteps + 1} consecutive layers.`);
    return ok(median(spreads), { n: spreads.length });
  },
};

/** A spread of fewer differences says nothing. */
const fewestSteps = 3;

/** Differences of α between neighbouring layers; a layer with several matrices of one kind (experts) takes their median. */
function stepsAlongDepth(own: Matrices): number[] {
  const byDepth = new Map<number, number>();
  for (const [depth, layer] of Map.groupBy(own, ({ depth }) => depth)) {
    const values = layer.flatMap(({ diagnostics }) => numberOf(diagnostics.alpha) ?? []);
    if (depth !== null && values.length > 0) byDepth.set(depth, median(values));
  }
  return [...byDepth].flatMap(([depth, value]) => {
    const next = byDepth.get(depth + 1);
    return next === undefined ? [] : [next - value];
  });
}
