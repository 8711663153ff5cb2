import type { StopSignal } from '../../base/stop-signal.ts';
import type { Checkpoint, MatrixInfo, Role, TensorLocation } from '../../checkpoint/checkpoint.ts';
import type { PairMoments } from '../../spectrum/engine.ts';
import type { MatrixPair } from '../pair-matrices.ts';
import { type Dense, scaledColumns } from './dense.ts';
import { effectiveGains, gainName } from './norm-gain.ts';

/** Where the checks get weights and sums from. */
export interface AlignmentEngine {
  weights(matrix: TensorLocation): Promise<Float64Array>;
  moments(reference: TensorLocation, subject: TensorLocation): Promise<PairMoments>;
}

/** One module group at one depth of both models, as the checks see it. */
export interface Layer {
  readonly subject: Checkpoint;
  readonly reference: Checkpoint;
  readonly engine: AlignmentEngine;
  readonly signal?: StopSignal | undefined;
  /** Every compared pair of this layer. */
  readonly pairs: readonly MatrixPair[];
  /** Results that several matrices of the layer share. */
  readonly shared: Map<string, Promise<unknown>>;
}

/** One way to look at a matrix: the correlation it gives and how to call it; undefined where it does not apply. */
export type Check = (
  pair: MatrixPair,
  layer: Layer,
) => Promise<{ readonly correlation: number; readonly how: string } | undefined>;

/** Entries above which a matrix is not loaded: one copy is 1 GiB. */
const largest = 2 ** 27;

/** Both sides of a pair, norm gains folded into the columns where both models have them. */
export async function loadPair(pair: MatrixPair, layer: Layer): Promise<{ subject: Dense; reference: Dense }> {
  return { subject: await loadSide(pair, layer, 'subject'), reference: await loadSide(pair, layer, 'reference') };
}

/** One side of a pair as `loadPair` gives it. */
export async function loadSide(
  { matrix, partner }: MatrixPair,
  layer: Layer,
  side: 'subject' | 'reference',
): Promise<Dense> {
  layer.signal?.throwIfAborted();
  const [own, checkpoint] = side === 'subject' ? [matrix, layer.subject] : [partner, layer.reference];
  const dense = { rows: own.rows, cols: own.cols, entries: await weightsOf(own.name, checkpoint, layer) };
  const [gain, other] = [gainName(matrix, layer.subject.tensors), gainName(partner, layer.reference.tensors)];
  if (gain === undefined || other === undefined) return dense;
  const stored = await weightsOf(side === 'subject' ? gain : other, checkpoint, layer);
  return stored.length === own.cols ? scaledColumns(dense, effectiveGains(stored, checkpoint.config)) : dense;
}

/** The pair of another role that belongs with this one: the only one of the layer, or the one under the same parent module. */
export function companion(pair: MatrixPair, role: Role, { pairs }: Layer): MatrixPair | undefined {
  const candidates = pairs.filter(({ matrix }) => matrix.role === role);
  if (candidates.length === 1) return candidates[0];
  return candidates.find(({ matrix }) => parent(matrix) === parent(pair.matrix));
}

/** Whether all matrices are small enough to be loaded. */
export function loadable(...pairs: readonly MatrixPair[]): boolean {
  return pairs.every(({ matrix }) => matrix.rows * matrix.cols <= largest);
}

/** A result computed once for all matrices of the layer that need it. */
export function once<Result>(layer: Layer, key: string, compute: () => Promise<Result>): Promise<Result> {
  const known = (layer.shared.get(key) as Promise<Result> | undefined) ?? compute();
  layer.shared.set(key, known);
  return known;
}

/** `layers.0.self_attn.q_proj.weight` is `layers.0.self_attn`. */
function parent({ name }: MatrixInfo): string {
  return name.split('.').slice(0, -2).join('.');
}

async function weightsOf(name: string, checkpoint: Checkpoint, { engine }: Layer): Promise<Float64Array> {
  const tensor = checkpoint.tensors.get(name);
  if (!tensor) throw new Error(`${checkpoint.path} lists "${name}" without a location.`);
  return engine.weights(tensor);
}
