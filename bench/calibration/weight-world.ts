import type { RandomStream } from '../../src/base/random.ts';
import { type Matrix, multiply, orthonormalColumns, plus, scaledTo, squares } from './dense.ts';
import { decoder, type WeightChange } from './plan.ts';
import { foldedGains, permutedHeads, permutedNeurons, rotatedValues, swappedLayers } from './symmetries.ts';

/** A matrix of a planted decoder with the singular vectors it was made of. */
export interface PlantedMatrix extends Matrix {
  readonly left: Matrix;
  readonly right: Matrix;
  readonly values: readonly number[];
}

export const roles = ['q', 'k', 'v', 'o', 'gate', 'up', 'down'] as const;
export type PlantedRole = (typeof roles)[number];

/** Weights of one layer; gains are those of the two norms before attention and MLP. */
export interface PlantedLayer {
  readonly weights: Readonly<Record<PlantedRole, Matrix>>;
  readonly gains: { readonly attention: readonly number[]; readonly mlp: readonly number[] };
}

/** Base and subject of one weight world. */
export interface WeightWorld {
  readonly base: readonly PlantedLayer[];
  readonly subject: readonly PlantedLayer[];
}

const { width, heads, kvHeads, headSize, neurons } = decoder;
const shapes: Readonly<Record<PlantedRole, readonly [number, number]>> = {
  q: [heads * headSize, width],
  k: [kvHeads * headSize, width],
  v: [kvHeads * headSize, width],
  o: [width, heads * headSize],
  gate: [neurons, width],
  up: [neurons, width],
  down: [width, neurons],
};

/**
 * W₀ = UΛVᵀ in every matrix: random singular vectors, a Marchenko–Pastur-like bulk and a Pareto tail over the top quarter
 * whose exponent differs by matrix; the subject is the base after one change (METHOD § 5.2).
 */
export function weightWorld(change: WeightChange, random: RandomStream): WeightWorld {
  const planted = Array.from(
    { length: decoder.layers },
    () => Object.fromEntries(roles.map((role) => [role, plantedMatrix(shapes[role], random)])) as PlantedWeights,
  );
  const spread = change.kind === 'gain-folding' ? 1.5 : 0;
  const base = planted.map((weights): PlantedLayer => ({ weights, gains: gains(spread, random) }));
  return { base, subject: subjectOf(change, base, planted, random) };
}

type PlantedWeights = Record<PlantedRole, PlantedMatrix>;

function subjectOf(
  change: WeightChange,
  base: readonly PlantedLayer[],
  planted: readonly PlantedWeights[],
  random: RandomStream,
): readonly PlantedLayer[] {
  const each = (of: (matrix: PlantedMatrix, role: PlantedRole, layer: number) => Matrix): PlantedLayer[] =>
    base.map(({ gains: own }, layer) => ({
      gains: own,
      weights: Object.fromEntries(
        roles.map((role) => [role, of((planted[layer] as PlantedWeights)[role], role, layer)]),
      ) as Record<PlantedRole, Matrix>,
    }));
  switch (change.kind) {
    case 'identical':
      return base;
    case 'scale':
      return each((matrix) => ({ ...matrix, entries: matrix.entries.map((entry) => 1.02 * entry) }));
    case 'int8':
      return each((matrix) => rounded(matrix, 127));
    case 'int4':
      return each((matrix) => rounded(matrix, 7));
    case 'noise':
    case 'low-rank':
    case 'top-subspace':
    case 'bulk':
      return each((matrix) => plus(matrix, scaledTo(update(change.kind, matrix, random), change.m, matrix)));
    case 'lora':
      return each((matrix, role) =>
        role === 'q' || role === 'v'
          ? plus(matrix, scaledTo(update('low-rank', matrix, random), change.m, matrix))
          : matrix,
      );
    case 'fresh': {
      const drawn = new Set(picked(decoder.layers, change.layers, random));
      return each((matrix, _, layer) =>
        drawn.has(layer) ? compose(matrix.rows, matrix.cols, matrix.values, random) : matrix,
      );
    }
    case 'head-permutation':
      return base.map((layer) => permutedHeads(layer, random));
    case 'value-rotation':
      return base.map((layer) => rotatedValues(layer, random));
    case 'neuron-permutation':
      return base.map((layer) => permutedNeurons(layer, random));
    case 'gain-folding':
      return base.map(foldedGains);
    case 'layer-shift':
      return swappedLayers(base);
  }
}

/** Direction of a change, not yet scaled. */
function update(
  kind: 'noise' | 'low-rank' | 'top-subspace' | 'bulk',
  { rows, cols, left, right }: PlantedMatrix,
  random: RandomStream,
): Matrix {
  if (kind === 'noise') return gaussian(rows, cols, random);
  if (kind === 'low-rank') return multiply(gaussian(rows, 4, random), gaussian(4, cols, random));
  const short = Math.min(rows, cols);
  // The leading four directions on either side, or all but the leading quarter.
  const [from, to] = kind === 'top-subspace' ? [0, 4] : [Math.ceil(short / 4), short];
  const inner = multiply(columns(left, from, to), gaussian(to - from, to - from, random));
  return multiply(inner, transposed(columns(right, from, to)));
}

function plantedMatrix([rows, cols]: readonly [number, number], random: RandomStream): PlantedMatrix {
  const short = Math.min(rows, cols);
  const alpha = decoder.alphas[random.below(decoder.alphas.length)] as number;
  const values = Array.from({ length: short }, (_, index) => {
    const tail = Math.ceil(short / 4);
    // λ with density exponent α: survival λ^(1 − α), the bulk below the smallest of the tail.
    const share = index < tail ? (index + 0.5) / tail : 0;
    const eigenvalue = share > 0 ? share ** (1 / (1 - alpha)) : 0.95 * (1 - (0.9 * (index - tail)) / (short - tail));
    return 0.1 * Math.sqrt(eigenvalue);
  });
  return compose(rows, cols, values, random);
}

function compose(rows: number, cols: number, values: readonly number[], random: RandomStream): PlantedMatrix {
  const short = values.length;
  const left = orthonormalColumns(gaussian(rows, short, random));
  const right = orthonormalColumns(gaussian(cols, short, random));
  const scaled = { ...left, entries: left.entries.map((entry, at) => entry * (values[at % short] as number)) };
  return { ...multiply(scaled, transposed(right)), left, right, values };
}

/** Every row rounded to `steps` values on either side of 0, as absmax quantisation does, and read back. */
function rounded({ rows, cols, entries }: Matrix, steps: number): Matrix {
  const out = new Float64Array(entries.length);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let col = 0; col < cols; col++) largest = Math.max(largest, Math.abs(entries[row * cols + col] as number));
    const step = largest / steps || 1;
    for (let col = 0; col < cols; col++)
      out[row * cols + col] = step * Math.round((entries[row * cols + col] as number) / step);
  }
  return { rows, cols, entries: out };
}

function gains(spread: number, random: RandomStream): PlantedLayer['gains'] {
  const draw = (): number[] => Array.from({ length: width }, () => Math.exp(spread * random.normal()));
  return { attention: draw(), mlp: draw() };
}

export function gaussian(rows: number, cols: number, random: RandomStream): Matrix {
  return { rows, cols, entries: Float64Array.from({ length: rows * cols }, () => random.normal()) };
}

function columns({ rows, cols, entries }: Matrix, from: number, to: number): Matrix {
  const wide = to - from;
  const picked = Float64Array.from(
    { length: rows * wide },
    (_, at) => entries[Math.floor(at / wide) * cols + from + (at % wide)] as number,
  );
  return { rows, cols: wide, entries: picked };
}

function transposed({ rows, cols, entries }: Matrix): Matrix {
  return {
    rows: cols,
    cols: rows,
    entries: Float64Array.from(
      { length: rows * cols },
      (_, at) => entries[(at % rows) * cols + Math.floor(at / rows)] as number,
    ),
  };
}

function picked(of: number, count: number, random: RandomStream): number[] {
  const all = Array.from({ length: of }, (_, index) => index);
  for (let last = all.length - 1; last > 0; last--) {
    const pick = random.below(last + 1);
    [all[last], all[pick]] = [all[pick] as number, all[last] as number];
  }
  return all.slice(0, count);
}

/** ‖W − W₀‖/‖W₀‖ of two matrices. */
export function relativeChange(subject: Matrix, base: Matrix): number {
  const delta = subject.entries.map((entry, at) => entry - (base.entries[at] as number));
  return Math.sqrt(squares(delta) / squares(base.entries));
}
