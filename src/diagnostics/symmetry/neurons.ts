import { type Dense, directions, rowNorm, rowProduct } from './dense.ts';

/** Directions and sizes of an MLP's neurons as one of its matrices shows them. */
export interface NeuronSketch {
  /** neurons × directions, rows of unit length; the same for a row and its positive multiples. */
  readonly sketch: Dense;
  readonly norms: Float64Array;
}

/**
 * Sketch of a matrix whose rows are neurons (W_up, W_gate, W_downᵀ): unit rows applied to 24 random directions. Of wide rows
 * only the first 1024 entries are looked at: a neuron that is another one in its beginning is that one.
 */
export function neuronSketch(rows: Dense): NeuronSketch {
  const random = directions(Math.min(rows.cols, widest), sketchSize);
  const norms = Float64Array.from({ length: rows.rows }, (_, i) => rowNorm(rows, i));
  const entries = new Float64Array(rows.rows * sketchSize);
  for (let i = 0; i < rows.rows; i++) {
    let squares = 0;
    for (let s = 0; s < sketchSize; s++) {
      const value = beginningProduct(rows, i, random, s);
      entries[i * sketchSize + s] = value;
      squares += value * value;
    }
    const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    for (let s = 0; s < sketchSize; s++) entries[i * sketchSize + s] = (entries[i * sketchSize + s] as number) * scale;
  }
  return { sketch: { rows: rows.rows, cols: sketchSize, entries }, norms };
}

const sketchSize = 24;
const widest = 1024;

/** ⟨beginning of row i, direction s⟩. */
function beginningProduct(rows: Dense, i: number, random: Dense, s: number): number {
  let sum = 0;
  for (let k = 0, x = i * rows.cols, y = s * random.cols; k < random.cols; k++, x++, y++)
    sum += (rows.entries[x] as number) * (random.entries[y] as number);
  return sum;
}

/** Neurons asked whether a match is worth looking for. */
const asked = 200;
/**
 * Mean similarity of the best candidates below which matched weights cannot correlate by one half: the true partner of a
 * neuron would be among them with about that similarity.
 */
const hopeless = 0.5;

/**
 * Whether the neurons of a sample have partners that look like them. Among some 10,000 unrelated neurons in three sketches the
 * best one has a similarity near 0.45 by chance, so that the answer is then no.
 */
export function worthMatching(subject: readonly NeuronSketch[], reference: readonly NeuronSketch[]): boolean {
  const [mine, theirs] = [beside(subject), beside(reference)];
  const step = Math.max(1, Math.floor(mine.rows / asked));
  let [sum, count] = [0, 0];
  for (let neuron = 0; neuron < mine.rows; neuron += step, count++) {
    let best = Number.NEGATIVE_INFINITY;
    for (let candidate = 0; candidate < theirs.rows; candidate++)
      best = Math.max(best, rowProduct(mine, neuron, theirs, candidate));
    sum += best / subject.length;
  }
  return count > 0 && sum / count >= hopeless;
}

/**
 * One-to-one match of neurons by the summed similarity of their sketches: repeatedly every free subject neuron claims the most
 * similar free reference neuron, and the best claim on each wins. Exact for permuted and rescaled neurons and for noise
 * well below the distance between neurons; an optimal assignment would be O(n³), too slow for thousands of neurons.
 * Cost about 24·(number of sketches)·n² multiply–adds. Returns the reference neuron of each subject neuron.
 */
export function matchNeurons(subject: readonly NeuronSketch[], reference: readonly NeuronSketch[]): Int32Array {
  const [mine, theirs] = [beside(subject), beside(reference)];
  const match = new Int32Array(mine.rows).fill(-1);
  let free = Array.from(match.keys());
  let open = Array.from(match.keys());
  while (free.length > 0) {
    const claims = free.map((neuron) => {
      let [to, similarity] = [open[0] as number, Number.NEGATIVE_INFINITY];
      for (const candidate of open) {
        const own = rowProduct(mine, neuron, theirs, candidate);
        if (own > similarity) [to, similarity] = [candidate, own];
      }
      return { neuron, to, similarity };
    });
    const taken = new Set<number>();
    for (const { neuron, to } of claims.toSorted((a, b) => b.similarity - a.similarity)) {
      if (taken.has(to)) continue;
      taken.add(to);
      match[neuron] = to;
    }
    free = free.filter((neuron) => match[neuron] === -1);
    open = open.filter((neuron) => !taken.has(neuron));
  }
  return match;
}

/**
 * Factor s_i of each matched neuron such that up_i ≈ s_i·up'_i and down_i ≈ down'_i/s_i, the geometric mean of what both
 * sides say: the scaling that leaves the function as it is where the value passes linearly (gated MLPs, ReLU).
 */
export function neuronScales(
  subject: { readonly up: NeuronSketch; readonly down: NeuronSketch },
  reference: { readonly up: NeuronSketch; readonly down: NeuronSketch },
  match: Int32Array,
): Float64Array {
  return Float64Array.from(match, (to, neuron) => {
    const up = (subject.up.norms[neuron] as number) / (reference.up.norms[to] as number);
    const down = (subject.down.norms[neuron] as number) / (reference.down.norms[to] as number);
    const scale = Math.sqrt(up / down);
    return Number.isFinite(scale) && scale > 0 ? scale : 1;
  });
}

/** Sketches of several matrices side by side. */
function beside(parts: readonly NeuronSketch[]): Dense {
  const rows = parts[0]?.sketch.rows ?? 0;
  const cols = parts.length * sketchSize;
  const entries = new Float64Array(rows * cols);
  parts.forEach(({ sketch }, part) => {
    for (let i = 0; i < rows; i++)
      entries.set(sketch.entries.subarray(i * sketchSize, (i + 1) * sketchSize), i * cols + part * sketchSize);
  });
  return { rows, cols, entries };
}
