import { afterAll, describe, expect, test } from 'vitest';
import { numberOf } from '../../../src/base/measured.ts';
import { randomStream, shuffle } from '../../../src/base/random.ts';
import { diagnosePair } from '../../../src/diagnostics/diagnose.ts';
import type { MatrixDiagnosis } from '../../../src/diagnostics/diagnosis.ts';
import { portableEngine } from '../../../src/spectrum/portable.ts';
import {
  type LayerWeights,
  llama,
  noisy,
  orthogonal,
  pickColumns,
  pickRows,
  randomLayers,
  small,
  times,
} from './models.ts';

const engine = portableEngine(1);
afterAll(() => engine.close());
const { width, heads, kvHeads, size, neurons } = small;
const base = randomLayers(1);

/** The rows of layer `depth` by role, after `change` on a copy of the base layers. */
async function changed(
  change: (layers: LayerWeights[]) => LayerWeights[],
  config: Record<string, unknown> = {},
): Promise<(depth: number, role: string) => MatrixDiagnosis> {
  const subject = await llama(change(base.map((layer) => ({ ...layer }))), config);
  const pair = await diagnosePair(subject, await llama(base, config), engine, { nullDraws: 0 });
  return (depth, role) => {
    const row = pair.matrices.find((matrix) => matrix.depth === depth && matrix.role === role);
    if (!row) throw new Error(`No ${role} in layer ${depth}.`);
    return row;
  };
}
const raw = (row: MatrixDiagnosis): number => numberOf(row.diagnostics.weight_correlation) ?? Number.NaN;
const aligned = (row: MatrixDiagnosis): number => numberOf(row.diagnostics.aligned_correlation) ?? Number.NaN;
const note = (row: MatrixDiagnosis): string =>
  row.diagnostics.aligned_correlation?.status === 'ok' ? (row.diagnostics.aligned_correlation.note ?? '') : '';
const edit = (layers: LayerWeights[], depth: number, own: Partial<LayerWeights>): LayerWeights[] =>
  layers.map((layer, at) => (at === depth ? { ...layer, ...own } : layer));

/** v and o with every head group rotated: V_g -> R_g V_g, O_h -> O_h R_gᵀ, which leaves O_h V_g as it is. */
function rotatedHeads(layer: LayerWeights): Pick<LayerWeights, 'v' | 'o'> {
  const v = layer.v.slice();
  const o = layer.o.slice();
  for (let group = 0; group < kvHeads; group++) {
    const turn = orthogonal(size, 50 + group);
    v.set(
      times(turn, layer.v.subarray(group * size * width, (group + 1) * size * width), size, size, width),
      group * size * width,
    );
    for (let head = group * 2; head < group * 2 + 2; head++)
      for (let row = 0; row < width; row++)
        for (let j = 0; j < size; j++) {
          let sum = 0;
          for (let k = 0; k < size; k++)
            sum += (layer.o[row * heads * size + head * size + k] as number) * (turn[j * size + k] as number);
          o[row * heads * size + head * size + j] = sum;
        }
  }
  return { v, o };
}

/** Every head permuted, key–value groups with their query heads. */
function permutedHeads(layer: LayerWeights): Pick<LayerWeights, 'q' | 'k' | 'v' | 'o'> {
  const rowsOf = (blocks: readonly number[]): number[] =>
    blocks.flatMap((block) => Array.from({ length: size }, (_, row) => block * size + row));
  const [queryHeads, groups] = [rowsOf([3, 2, 0, 1]), rowsOf([1, 0])];
  return {
    q: pickRows(layer.q, width, queryHeads),
    k: pickRows(layer.k, width, groups),
    v: pickRows(layer.v, width, groups),
    o: pickColumns(layer.o, heads * size, queryHeads),
  };
}

function permutedNeurons(layer: LayerWeights): Pick<LayerWeights, 'gate' | 'up' | 'down'> {
  const random = randomStream(8);
  const order = shuffle(
    Array.from({ length: neurons }, (_, neuron) => neuron),
    random,
  );
  const factors = order.map(() => Math.exp(random.normal()));
  return {
    gate: pickRows(layer.gate, width, order),
    up: pickRows(layer.up, width, order, (row) => factors[row] as number),
    down: pickColumns(layer.down, neurons, order, (column) => 1 / (factors[column] as number)),
  };
}

describe('planted symmetries are recognised', () => {
  test('values and outputs rotated head by head', async () => {
    const row = await changed((layers) => edit(layers, 1, rotatedHeads(layers[1] as LayerWeights)));
    for (const role of ['v', 'o']) {
      expect(Math.abs(raw(row(1, role)))).toBeLessThan(0.5);
      expect(aligned(row(1, role))).toBeCloseTo(1, 5);
      expect(row(1, role).labels).toMatchObject({ coordinates: 'recoordinatised', modification_regime: 'moderate' });
      expect(numberOf(row(1, role).diagnostics.depth_score)).toBeCloseTo(0, 5);
      expect(note(row(1, role))).toBe('products of 4 heads');
    }
    expect(row(1, 'q').labels).toEqual({ modification_regime: 'identical' });
  });

  test('heads permuted, groups with their query heads, also where positions are rotary', async () => {
    const row = await changed((layers) => edit(layers, 0, permutedHeads(layers[0] as LayerWeights)), {
      rope_theta: 10_000,
    });
    for (const role of ['q', 'k', 'v', 'o']) {
      expect(Math.abs(raw(row(0, role)))).toBeLessThan(0.2);
      expect(aligned(row(0, role))).toBeCloseTo(1, 5);
      expect(row(0, role).labels.coordinates).toBe('recoordinatised');
    }
    expect(note(row(0, 'v'))).toBe('products of 4 heads, 4 of them permuted');
    expect(note(row(0, 'q'))).toMatch(/heads permuted; rotations inside a head do not apply/);
  });

  test('queries and keys under any invertible change within a head, where positions are absolute', async () => {
    const mix = orthogonal(size, 70).map((value, index) => value * (1 + (index % size) / size));
    const inverse = orthogonal(size, 70).map((value, index) => value / (1 + (index % size) / size));
    const blocks = (matrix: Float64Array, count: number, by: Float64Array): Float64Array => {
      const all = matrix.slice();
      for (let block = 0; block < count; block++)
        all.set(
          times(by, matrix.subarray(block * size * width, (block + 1) * size * width), size, size, width),
          block * size * width,
        );
      return all;
    };
    const change = (layers: LayerWeights[]): LayerWeights[] =>
      edit(layers, 2, {
        q: blocks((layers[2] as LayerWeights).q, heads, mix),
        k: blocks((layers[2] as LayerWeights).k, kvHeads, inverse),
      });
    const absolute = await changed(change, { position_embedding_type: 'absolute' });
    const rotary = await changed(change);
    for (const role of ['q', 'k']) {
      expect(aligned(absolute(2, role))).toBeCloseTo(1, 5);
      expect(absolute(2, role).labels.coordinates).toBe('recoordinatised');
      expect(aligned(rotary(2, role))).toBeLessThan(0.5);
      expect(rotary(2, role).labels).toEqual({ modification_regime: 'deep' });
    }
  });

  test('neurons permuted and rescaled', async () => {
    const row = await changed((layers) => edit(layers, 1, permutedNeurons(layers[1] as LayerWeights)));
    for (const role of ['gate', 'up', 'down']) {
      expect(raw(row(1, role))).toBeLessThan(0.3);
      expect(aligned(row(1, role))).toBeCloseTo(1, 5);
      expect(row(1, role).labels.coordinates).toBe('recoordinatised');
    }
    expect(note(row(1, 'gate'))).toMatch(/^\d+ of 80 neurons permuted$/);
  });

  test('the same under noise of a tenth of the norm, with the correlation that such noise leaves: 1/√(1 + m²)', async () => {
    const row = await changed((layers) => {
      const own = permutedNeurons(layers[1] as LayerWeights);
      return edit(layers, 1, {
        gate: noisy(own.gate, 0.1, 1),
        up: noisy(own.up, 0.1, 2),
        down: noisy(own.down, 0.1, 3),
      });
    });
    expect(aligned(row(1, 'gate'))).toBeCloseTo(1 / Math.sqrt(1.01), 2);
    for (const role of ['gate', 'up', 'down']) expect(row(1, role).labels.coordinates).toBe('recoordinatised');
  });

  test('layers counted one further on', async () => {
    const row = await changed(([first, second, third]) => [third, first, second] as LayerWeights[]);
    expect(aligned(row(1, 'up'))).toBeCloseTo(1, 6);
    expect(note(row(1, 'up'))).toBe('layer 0 of the base');
    expect(note(row(0, 'q'))).toBe('layer 2 of the base');
    for (const role of ['q', 'k', 'v', 'o', 'gate', 'up', 'down'])
      expect(row(2, role).labels.coordinates).toBe('recoordinatised');
  });

  test('gains of a norm folded into the matrices behind it', async () => {
    const random = randomStream(4);
    const gains = Float64Array.from({ length: width }, (_, at) => (at % 2 === 0 ? 1 : -1) * Math.exp(random.normal()));
    const row = await changed((layers) => {
      const own = layers[0] as LayerWeights;
      const unfold = (matrix: Float64Array): Float64Array =>
        matrix.map((value, index) => value / (gains[index % width] as number));
      return edit(layers, 0, { attentionGain: gains, q: unfold(own.q), k: unfold(own.k), v: unfold(own.v) });
    });
    for (const role of ['q', 'k', 'v']) {
      expect(raw(row(0, role))).toBeLessThan(0.5);
      expect(aligned(row(0, role))).toBeCloseTo(1, 5);
      expect(note(row(0, role))).toBe('norm gains folded in');
    }
  });
});

describe('what is no symmetry', () => {
  test('an unrelated matrix with the same spectrum stays deep, with what was tried', async () => {
    const row = await changed((layers) => {
      const { v, up } = layers[1] as LayerWeights;
      // W -> Q W P keeps every singular value.
      const turned = (matrix: Float64Array, rows: number, seed: number): Float64Array =>
        times(
          times(orthogonal(rows, seed), matrix, rows, rows, width),
          orthogonal(width, seed + 1),
          rows,
          width,
          width,
        );
      return edit(layers, 1, { v: turned(v, kvHeads * size, 21), up: turned(up, neurons, 23) });
    });
    for (const role of ['v', 'up']) {
      expect(row(1, role).labels).toEqual({ modification_regime: 'deep' });
      expect(aligned(row(1, role))).toBeLessThan(0.3);
      expect(numberOf(row(1, role).diagnostics.depth_score)).toBeGreaterThan(0.7);
      expect(numberOf(row(1, role).diagnostics.delta_effective_rank)).toBeCloseTo(0, 3);
      expect(note(row(1, role))).toMatch(/^no other coordinates match/);
    }
  });

  test('permuting the neurons of up alone is a rewrite, not a change of coordinates', async () => {
    const row = await changed((layers) => {
      const order = Array.from({ length: neurons }, (_, neuron) => (neuron + 7) % neurons);
      return edit(layers, 1, { up: pickRows((layers[1] as LayerWeights).up, width, order) });
    });
    expect(row(1, 'up').labels).toEqual({ modification_regime: 'deep' });
  });
});

test('without a config nothing is known of heads: v stays deep and says so', async () => {
  const row = await changed((layers) => edit(layers, 1, rotatedHeads(layers[1] as LayerWeights)), {
    num_attention_heads: null,
  });
  expect(row(1, 'v').labels).toEqual({ modification_regime: 'deep' });
  expect(note(row(1, 'v'))).toMatch(/^no other coordinates match/);
});
