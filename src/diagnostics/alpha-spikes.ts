import { median } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import { alongDepth, byKind } from './along-depth.ts';
import { alphaSteps, fewestSteps, stepDeviation } from './alpha-heterogeneity.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';
import { kindRuns } from './kind-runs.ts';

/** Layers whose α stands out from their neighbours. */
export const alphaSpikes: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_spikes',
    title: 'Isolated spikes of α',
    description:
      'How many matrices have an exponent far from that of the layers around them; the note says which. The paper shows one at layer 23 of its vision encoder.',
    formula: '#{|α_l − median(α_{l−2} … α_{l+2})| > 3 · robust SD of α_{l+1} − α_l}, within a module kind',
    unit: '',
    direction: 'lower',
    source: 'METHOD § 1.2 (heterogeneity); Benchmark Shadows § 5.2',
    thresholds: [{ name: 'spike', value: '3 robust standard deviations', provenance: 'ours' }],
  },
  measure: (matrices) => {
    const kinds = byKind(matrices).filter(([, own]) => alphaSteps(own).length >= fewestSteps);
    if (kinds.length === 0)
      return skipped('too-few-layers', `No module kind has α in ${fewestSteps + 1} consecutive layers.`);
    const spikes = kinds.flatMap(([role, own]) => spikesOf(own).map((depth) => ({ role, depth })));
    const n = kinds.reduce((sum, [, own]) => sum + alongDepth(own, 'alpha').length, 0);
    return ok(spikes.length, { n, ...(spikes.length > 0 ? { note: kindRuns(spikes) } : {}) });
  },
};

/** Window of the median on either side, the layer itself included. */
const reach = 2;

function spikesOf(own: readonly PooledMatrix[]): number[] {
  return standOuts(own).flatMap(({ depth, distance, limit }) => (distance > limit ? [depth] : []));
}

/** How far α of each layer of one module kind lies from the layers around it, and from where on that is a spike. */
export function standOuts(own: readonly PooledMatrix[]): { depth: number; distance: number; limit: number }[] {
  const layers = alongDepth(own, 'alpha');
  const limit = 3 * stepDeviation(alphaSteps(own));
  return layers.map(({ depth, value }) => {
    const around = layers.filter((other) => Math.abs(other.depth - depth) <= reach).map((other) => other.value);
    return { depth, distance: Math.abs(value - median(around)), limit };
  });
}
