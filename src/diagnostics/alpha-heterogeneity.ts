import { median, medianAbsoluteDeviation } from 'simple-statistics';
import { alongDepth, byKind } from './along-depth.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';

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
    const spoken = byKind(matrices).filter(([, own]) => alphaSteps(own).length >= fewestSteps);
    return roughness(spoken.flatMap(([, own]) => alphaSteps(own)));
  },
  parts: (matrices) =>
    Object.fromEntries(
      byKind(matrices).flatMap(([role, own]) => {
        const steps = alphaSteps(own);
        return steps.length < fewestSteps ? [] : [[role, roughness(steps)]];
      }),
    ),
};

/** A spread of fewer differences says nothing. */
export const fewestSteps = 3;

interface Step {
  readonly role: string;
  readonly depth: number;
  readonly step: number;
}

/** Differences of α between neighbouring layers of one module kind. */
export function alphaSteps(own: readonly PooledMatrix[]): Step[] {
  const layers = alongDepth(own, 'alpha');
  return layers.flatMap(({ depth, value }, index) => {
    const next = layers[index + 1];
    return next?.depth === depth + 1 ? [{ role: own[0]?.role ?? '', depth, step: next.value - value }] : [];
  });
}

/** Robust standard deviation of steps. */
export function stepDeviation(steps: readonly Step[]): number {
  return 1.4826 * medianAbsoluteDeviation(steps.map(({ step }) => step));
}

function roughness(steps: readonly Step[]): ReturnType<ModelDiagnostic['measure']> {
  return withDepthInterval(
    steps,
    (sample) => {
      const kinds = [...Map.groupBy(sample, ({ role }) => role).values()].map(stepDeviation);
      return kinds.length === 0 ? undefined : median(kinds);
    },
    { code: 'too-few-layers', reason: `No module kind has α in ${fewestSteps + 1} consecutive layers.` },
    { n: new Set(steps.map(({ role }) => role)).size },
  );
}
