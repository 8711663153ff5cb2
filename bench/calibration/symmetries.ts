import { type RandomStream, shuffle } from '../../src/base/random.ts';
import { type Matrix, orthonormalColumns } from './dense.ts';
import { decoder } from './plan.ts';
import type { PlantedLayer } from './weight-world.ts';

const { heads, kvHeads, headSize, neurons } = decoder;
const group = heads / kvHeads;

/** Key–value heads in another order, each with its query heads: the layer computes the same. */
export function permutedHeads(layer: PlantedLayer, random: RandomStream): PlantedLayer {
  const groups = otherOrder(kvHeads, random);
  const queries = groups.flatMap((kv) => Array.from({ length: group }, (_, own) => kv * group + own));
  const [kvRows, queryRows] = [blocks(groups), blocks(queries)];
  const { q, k, v, o } = layer.weights;
  return replaced(layer, {
    q: pickRows(q, queryRows),
    k: pickRows(k, kvRows),
    v: pickRows(v, kvRows),
    o: pickColumns(o, queryRows),
  });
}

/** Every value head in rotated coordinates, undone by the output projection. */
export function rotatedValues(layer: PlantedLayer, random: RandomStream): PlantedLayer {
  const { v, o } = layer.weights;
  const [values, output] = [Float64Array.from(v.entries), Float64Array.from(o.entries)];
  for (let kv = 0; kv < kvHeads; kv++) {
    const turn = orthonormalColumns({
      rows: headSize,
      cols: headSize,
      entries: Float64Array.from({ length: headSize ** 2 }, () => random.normal()),
    }).entries;
    const at = (row: number, col: number): number => turn[row * headSize + col] as number;
    for (let col = 0; col < v.cols; col++)
      for (let row = 0; row < headSize; row++) {
        let sum = 0;
        for (let own = 0; own < headSize; own++)
          sum += at(row, own) * (v.entries[(kv * headSize + own) * v.cols + col] as number);
        values[(kv * headSize + row) * v.cols + col] = sum;
      }
    for (let head = kv * group; head < (kv + 1) * group; head++)
      for (let row = 0; row < o.rows; row++)
        for (let col = 0; col < headSize; col++) {
          let sum = 0;
          for (let own = 0; own < headSize; own++)
            sum += (o.entries[row * o.cols + head * headSize + own] as number) * at(col, own);
          output[row * o.cols + head * headSize + col] = sum;
        }
  }
  return replaced(layer, { v: { ...v, entries: values }, o: { ...o, entries: output } });
}

/** Neurons of the MLP in another order. */
export function permutedNeurons(layer: PlantedLayer, random: RandomStream): PlantedLayer {
  const order = otherOrder(neurons, random);
  const { gate, up, down } = layer.weights;
  return replaced(layer, { gate: pickRows(gate, order), up: pickRows(up, order), down: pickColumns(down, order) });
}

/** Gains of the norms moved into the matrices that read their output; the norms are left at 1. */
export function foldedGains(layer: PlantedLayer): PlantedLayer {
  const scaled = (matrix: Matrix, gains: readonly number[]): Matrix => ({
    ...matrix,
    entries: matrix.entries.map((entry, at) => entry * (gains[at % matrix.cols] as number)),
  });
  const { q, k, v, gate, up } = layer.weights;
  const { attention, mlp } = layer.gains;
  return {
    gains: { attention: attention.map(() => 1), mlp: mlp.map(() => 1) },
    weights: {
      ...layer.weights,
      q: scaled(q, attention),
      k: scaled(k, attention),
      v: scaled(v, attention),
      gate: scaled(gate, mlp),
      up: scaled(up, mlp),
    },
  };
}

/** Neighbouring layers exchanged: no symmetry of the function, but the same matrices one layer on. */
export function swappedLayers(layers: readonly PlantedLayer[]): PlantedLayer[] {
  return layers.map((layer, index) => layers[index ^ 1] ?? layer);
}

function replaced(layer: PlantedLayer, weights: Partial<PlantedLayer['weights']>): PlantedLayer {
  return { ...layer, weights: { ...layer.weights, ...weights } };
}

/** A random order that is not the one there is. */
function otherOrder(n: number, random: RandomStream): number[] {
  const order = Array.from({ length: n }, (_, index) => index);
  while (order.every((value, index) => value === index)) shuffle(order, random);
  return order;
}

function blocks(order: readonly number[]): number[] {
  return order.flatMap((head) => Array.from({ length: headSize }, (_, own) => head * headSize + own));
}

function pickRows({ rows, cols, entries }: Matrix, order: readonly number[]): Matrix {
  return {
    rows,
    cols,
    entries: Float64Array.from(
      { length: rows * cols },
      (_, at) => entries[(order[Math.floor(at / cols)] as number) * cols + (at % cols)] as number,
    ),
  };
}

function pickColumns({ rows, cols, entries }: Matrix, order: readonly number[]): Matrix {
  return {
    rows,
    cols,
    entries: Float64Array.from(
      { length: rows * cols },
      (_, at) => entries[Math.floor(at / cols) * cols + (order[at % cols] as number)] as number,
    ),
  };
}
