import { median, sampleStandardDeviation } from 'simple-statistics';
import { alongDepth, byKind } from './along-depth.ts';
import { withDepthInterval } from './depth-interval.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

/** Standard deviation of α over layers. */
export const alphaSpread: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_spread',
    title: 'Spread of α over layers',
    description:
      'Standard deviation of the exponent over the layers of a module kind. Unlike the heterogeneity it also grows with a slow drift along depth, and with a single spike.',
    formula: 'median over module kinds of SD_l(α_l)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (heterogeneity, SD of α)',
    thresholds: [],
  },
  measure: (matrices) => spread(layersOf(matrices)),
  parts: (matrices) =>
    Object.fromEntries(
      byKind(matrices).flatMap(([role, own]) => {
        const layers = layersOf(own);
        return layers.length < 2 ? [] : [[role, spread(layers)]];
      }),
    ),
};

interface LayerValue {
  readonly role: string;
  readonly depth: number;
  readonly value: number;
}

function layersOf(matrices: Parameters<ModelDiagnostic['measure']>[0]): LayerValue[] {
  return byKind(matrices).flatMap(([role, own]) => alongDepth(own, 'alpha').map((layer) => ({ role, ...layer })));
}

function spread(layers: readonly LayerValue[]): ReturnType<ModelDiagnostic['measure']> {
  return withDepthInterval(
    layers,
    (sample) => {
      const kinds = [...Map.groupBy(sample, ({ role }) => role).values()]
        .filter((own) => own.length >= 2)
        .map((own) => sampleStandardDeviation(own.map(({ value }) => value)));
      return kinds.length === 0 ? undefined : median(kinds);
    },
    { code: 'too-few-layers', reason: 'No module kind has α in two layers.' },
  );
}
