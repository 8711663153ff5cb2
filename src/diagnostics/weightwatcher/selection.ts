import type { TensorLocation, TensorView } from '../../checkpoint/checkpoint.ts';

/** Limits of WeightWatcher's `analyze`; 0 for `minEvals` or `maxEvals` turns that limit off. */
export interface Limits {
  readonly minEvals: number;
  readonly maxEvals: number;
  readonly maxN: number;
}

/** Defaults of WeightWatcher 0.7.7. */
export const defaultLimits: Limits = { minEvals: 8, maxEvals: 15_000, maxN: 50_000 };

/** A layer that WeightWatcher analyses, as one matrix or as the slices of a convolution. */
export interface CompatLayer {
  readonly layer_id: number;
  /** Key without `.weight`; for state dicts name and longname are the same. */
  readonly name: string;
  readonly layer_type: 'dense' | 'conv2d';
  /** Sides as WeightWatcher counts them: it swaps the two at every transposed slice of a convolution, so Q can be below 1. */
  readonly N: number;
  readonly M: number;
  /** Kernel positions of a convolution, else 1. */
  readonly rf: number;
  /** What is decomposed; the eigenvalues of all are pooled. */
  readonly matrices: readonly TensorLocation[];
}

/** Why a `.weight` key has no row; WeightWatcher drops it without a word. */
export interface Dropped {
  readonly name: string;
  readonly reason: string;
}

export interface Selection {
  readonly layers: readonly CompatLayer[];
  readonly dropped: readonly Dropped[];
}

const suffix = '.weight';

/**
 * Stored tensors -> the layers that `WeightWatcher(model=folder).analyze()` has rows for, with its ids (from 0, one for each
 * key that ends in `.weight`, 1-D ones included) and its order: that of the index where there is one (`order`: key ->
 * file), else every file's keys in order of name.
 *
 * Without an index WeightWatcher adds the layers of earlier files twice from the third file on; the ids repeat that.
 */
export function selectLayers(
  stored: readonly TensorLocation[],
  limits: Limits = defaultLimits,
  order?: ReadonlyMap<string, string>,
): Selection {
  const layers: CompatLayer[] = [];
  const dropped: Dropped[] = [];
  for (const { id, tensor } of numbered(stored, order)) {
    const name = tensor.name.slice(0, -suffix.length);
    const layer = asLayer(id, name, tensor);
    const reason = layer ? outside(layer, limits) : `it has shape [${tensor.shape.join(', ')}], neither 2-D nor 4-D.`;
    if (layer && reason === undefined) layers.push(layer);
    else dropped.push({ name: tensor.name, reason: reason ?? '' });
  }
  return { layers, dropped };
}

function numbered(
  stored: readonly TensorLocation[],
  order: ReadonlyMap<string, string> | undefined,
): { id: number; tensor: TensorLocation }[] {
  const weights = stored.filter(({ name }) => name.endsWith(suffix));
  if (order) {
    const byName = new Map(weights.map((tensor) => [tensor.name, tensor]));
    const entries = [...order].map(([name, file]) => ({ name, file }));
    const files = [...new Set(entries.map(({ file }) => file))].sort();
    const listed = files.flatMap((file) => entries.filter((entry) => entry.file === file));
    return listed.flatMap(({ name }) => byName.get(name) ?? []).map((tensor, id) => ({ id, tensor }));
  }
  const files = [...Map.groupBy(weights, ({ file }) => file)].sort(([a], [b]) => (a < b ? -1 : 1));
  const result: { id: number; tensor: TensorLocation }[] = [];
  let start = 0;
  for (const [, own] of files) {
    start += result.length;
    const sorted = [...own].sort((a, b) => (a.name < b.name ? -1 : 1));
    result.push(...sorted.map((tensor, index) => ({ id: start + index, tensor })));
  }
  return result;
}

/** Undefined where WeightWatcher calls the layer's type unknown. */
function asLayer(layer_id: number, name: string, tensor: TensorLocation): CompatLayer | undefined {
  const [rows = 0, cols = 0, height = 0, width = 0] = tensor.shape;
  if (rows < 2) return undefined;
  if (tensor.shape.length === 2) {
    const [N, M] = [Math.max(rows, cols), Math.min(rows, cols)];
    return { layer_id, name, layer_type: 'dense', N, M, rf: 1, matrices: [tensor] };
  }
  if (tensor.shape.length !== 4) return undefined;
  const rf = height * width;
  // Where the kernel is larger than the channels, the sides are never swapped.
  const swapped = rows < cols && rows + cols >= height + width && rf % 2 === 1;
  const [N, M] = swapped ? [cols, rows] : [rows, cols];
  const matrices = Array.from({ length: rf }, (_, position) => slice(tensor, position));
  return { layer_id, name, layer_type: 'conv2d', N, M, rf, matrices };
}

/** W[:, :, i, j] of a convolution stored as (out, in, height, width), turned so that it is not wide. */
function slice(tensor: TensorLocation, position: number): TensorLocation {
  const [out = 0, channels = 0, height = 0, width = 0] = tensor.shape;
  const area = height * width;
  const outAxis = [{ size: out, stride: channels * area }];
  const inAxis = [{ size: channels, stride: area }];
  const wide = out < channels;
  const view: TensorView = { offset: position, rows: wide ? inAxis : outAxis, cols: wide ? outAxis : inAxis };
  return { ...tensor, shape: [Math.max(out, channels), Math.min(out, channels)], view };
}

function outside({ M, N, rf }: CompatLayer, { minEvals, maxEvals, maxN }: Limits): string | undefined {
  const evals = M * rf;
  if (minEvals > 0 && evals < minEvals) return `it has ${evals} eigenvalues, fewer than min_evals = ${minEvals}.`;
  if (maxEvals > 0 && evals > maxEvals) return `it has ${evals} eigenvalues, more than max_evals = ${maxEvals}.`;
  if (N > maxN) return `its long side ${N} is above max_N = ${maxN}.`;
  return undefined;
}
