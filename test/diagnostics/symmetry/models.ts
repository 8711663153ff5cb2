import type { Checkpoint } from '../../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../../src/checkpoint/open.ts';
import { f32, folderOf, safetensors } from '../../checkpoint/write-safetensors.ts';
import { gaussian } from '../inputs.ts';

/** Sides of the small decoder: width, query heads, key–value heads, head size, neurons, layers. */
export const small = { width: 48, heads: 4, kvHeads: 2, size: 12, neurons: 80, layers: 3 } as const;

/** Weights of one layer, row-major, as Llama stores them. */
export interface LayerWeights {
  q: Float64Array;
  k: Float64Array;
  v: Float64Array;
  o: Float64Array;
  gate: Float64Array;
  up: Float64Array;
  down: Float64Array;
  attentionGain: Float64Array;
  mlpGain: Float64Array;
}

/** Independent Gaussian layers; the same seed gives the same ones. */
export function randomLayers(seed: number, { width, heads, kvHeads, size, neurons, layers } = small): LayerWeights[] {
  return Array.from({ length: layers }, (_, layer) => {
    const own = (index: number, rows: number, cols: number): Float64Array =>
      gaussian(rows, cols, seed * 10_000 + layer * 100 + index).map((value) => 0.05 * value);
    return {
      q: own(1, heads * size, width),
      k: own(2, kvHeads * size, width),
      v: own(3, kvHeads * size, width),
      o: own(4, width, heads * size),
      gate: own(5, neurons, width),
      up: own(6, neurons, width),
      down: own(7, width, neurons),
      attentionGain: new Float64Array(width).fill(1),
      mlpGain: new Float64Array(width).fill(1),
    };
  });
}

/** The layers as a checkpoint on disk with its config.json. */
export async function llama(
  layers: readonly LayerWeights[],
  config: Record<string, unknown> = {},
  { width, heads, kvHeads, size, neurons }: { [Key in keyof typeof small]: number } = small,
): Promise<Checkpoint> {
  const tensors = layers.flatMap((own, layer) => {
    const [attention, mlp] = [`model.layers.${layer}.self_attn`, `model.layers.${layer}.mlp`];
    const matrix = (name: string, rows: number, cols: number, entries: Float64Array) =>
      [`${name}.weight`, f32([rows, cols], [...entries])] as const;
    return [
      matrix(`${attention}.q_proj`, heads * size, width, own.q),
      matrix(`${attention}.k_proj`, kvHeads * size, width, own.k),
      matrix(`${attention}.v_proj`, kvHeads * size, width, own.v),
      matrix(`${attention}.o_proj`, width, heads * size, own.o),
      matrix(`${mlp}.gate_proj`, neurons, width, own.gate),
      matrix(`${mlp}.up_proj`, neurons, width, own.up),
      matrix(`${mlp}.down_proj`, width, neurons, own.down),
      [`model.layers.${layer}.input_layernorm.weight`, f32([width], [...own.attentionGain])] as const,
      [`model.layers.${layer}.post_attention_layernorm.weight`, f32([width], [...own.mlpGain])] as const,
    ];
  });
  return openCheckpoint(
    await folderOf({
      'model.safetensors': safetensors(Object.fromEntries(tensors)),
      'config.json': {
        architectures: ['LlamaForCausalLM'],
        model_type: 'llama',
        hidden_size: width,
        num_attention_heads: heads,
        num_key_value_heads: kvHeads,
        head_dim: size,
        intermediate_size: neurons,
        num_hidden_layers: layers.length,
        hidden_act: 'silu',
        ...config,
      },
    }),
  );
}

/** Product of row-major a (n × m) and b (m × p). */
export function times(a: Float64Array, b: Float64Array, n: number, m: number, p: number): Float64Array {
  const product = new Float64Array(n * p);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < m; k++)
      for (let j = 0; j < p; j++)
        product[i * p + j] = (product[i * p + j] as number) + (a[i * m + k] as number) * (b[k * p + j] as number);
  return product;
}

/** A random orthogonal n × n matrix: Gram–Schmidt on Gaussian rows. */
export function orthogonal(n: number, seed: number): Float64Array {
  const rows = gaussian(n, n, seed);
  for (let i = 0; i < n; i++) {
    const row = rows.subarray(i * n, (i + 1) * n);
    for (let j = 0; j < i; j++) {
      const before = rows.subarray(j * n, (j + 1) * n);
      const along = row.reduce((sum, value, k) => sum + value * (before[k] as number), 0);
      for (let k = 0; k < n; k++) row[k] = (row[k] as number) - along * (before[k] as number);
    }
    const norm = Math.hypot(...row);
    for (let k = 0; k < n; k++) row[k] = (row[k] as number) / norm;
  }
  return rows;
}

/** Row i of the result is row order[i] of the matrix, times factor[i]. */
export function pickRows(
  matrix: Float64Array,
  cols: number,
  order: readonly number[],
  factor: (row: number) => number = () => 1,
): Float64Array {
  return Float64Array.from({ length: order.length * cols }, (_, at) => {
    const row = Math.floor(at / cols);
    return (matrix[(order[row] as number) * cols + (at % cols)] as number) * factor(row);
  });
}

/** Column j of the result is column order[j] of the matrix, times factor[j]. */
export function pickColumns(
  matrix: Float64Array,
  cols: number,
  order: readonly number[],
  factor: (column: number) => number = () => 1,
): Float64Array {
  const rows = matrix.length / cols;
  return Float64Array.from({ length: rows * order.length }, (_, at) => {
    const column = at % order.length;
    return (matrix[Math.floor(at / order.length) * cols + (order[column] as number)] as number) * factor(column);
  });
}

/** The matrix with Gaussian noise of `m` times its norm. */
export function noisy(matrix: Float64Array, m: number, seed: number): Float64Array {
  const noise = gaussian(1, matrix.length, seed);
  const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const scale = (m * norm(matrix)) / norm(noise);
  return matrix.map((value, index) => value + scale * (noise[index] as number));
}
