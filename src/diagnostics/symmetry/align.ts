import { defaultConstants } from '../../base/constants.ts';
import { SkiagramError } from '../../base/error.ts';
import type { StopSignal } from '../../base/stop-signal.ts';
import type { Checkpoint } from '../../checkpoint/checkpoint.ts';
import type { Alignment } from '../diagnostic.ts';
import type { MatrixPair } from '../pair-matrices.ts';
import { foldedGains } from './folded-gains.ts';
import type { AlignmentEngine, Check, Layer } from './layer.ts';
import { layerShift } from './layer-shift.ts';
import { mlpNeurons } from './mlp-neurons.ts';
import { queryHeads } from './query-heads.ts';
import { valueHeads } from './value-heads.ts';

/** Cheapest first; the first that explains a matrix ends the search for it. */
const checks: readonly Check[] = [layerShift, foldedGains, valueHeads, queryHeads, mlpNeurons];

/**
 * For each suspect (a pair whose entries do not correlate): is it the reference in other coordinates (METHOD § 3.2)? By
 * name of the subject's matrix: the best correlation over function-preserving changes, or what was tried in vain.
 *
 * A match counts from a correlation of one half: below it lies what a search over heads and neurons also finds among
 * unrelated small matrices. Symmetries are tried one by one beside folded gains, not in combination with a layer shift.
 * `pairs` are all compared pairs; companions of a suspect (o for v) are looked for among them.
 *
 * Works a layer at a time. At most four attention matrices, or three MLP matrices of the layer, are in memory as float64.
 * Weights that cannot be read make a note, not an error; an abort, and what the cache throws, goes through.
 */
export async function alignMatrices(
  suspects: readonly MatrixPair[],
  {
    pairs,
    onLayer,
    ...sources
  }: {
    readonly pairs: readonly MatrixPair[];
    readonly subject: Checkpoint;
    readonly reference: Checkpoint;
    readonly engine: AlignmentEngine;
    readonly signal?: StopSignal | undefined;
    /** Called before each layer that is searched, and once at the end. */
    readonly onLayer?: ((done: number, total: number) => void) | undefined;
  },
): Promise<Map<string, Alignment>> {
  const found = new Map<string, Alignment>();
  const layers = Map.groupBy(suspects, layerKey);
  const companions = Map.groupBy(pairs, layerKey);
  let done = 0;
  for (const [key, own] of layers) {
    onLayer?.(done++, layers.size);
    const layer: Layer = { ...sources, pairs: companions.get(key) ?? [], shared: new Map() };
    for (const pair of own) found.set(pair.matrix.name, await alignment(pair, layer));
  }
  if (layers.size > 0) onLayer?.(done, layers.size);
  return found;
}

async function alignment(pair: MatrixPair, layer: Layer): Promise<Alignment> {
  const tried: { readonly correlation: number; readonly how: string }[] = [];
  for (const check of checks) {
    layer.signal?.throwIfAborted();
    try {
      const result = await check(pair, layer);
      if (result) tried.push(result);
      if ((result?.correlation ?? 0) >= defaultConstants.recoordinatised) break;
    } catch (error) {
      if (!(error instanceof SkiagramError)) throw error;
      return { how: `other coordinates could not be checked: ${error.message}` };
    }
  }
  const best = tried.toSorted((a, b) => b.correlation - a.correlation)[0];
  if (!best) return { how: 'no change of coordinates is known for this matrix' };
  if (best.correlation >= defaultConstants.deep_correlation) return best;
  return { how: `no other coordinates match (best ${best.correlation.toFixed(2)}: ${best.how})` };
}

function layerKey({ matrix: { group, depth } }: MatrixPair): string {
  return `${group} ${depth ?? '-'}`;
}
