import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { gaussianNoise } from '../src/spectrum/noise.ts';

/** Rows and columns of the seven weight matrices of one decoder layer, as published in the models' configs. */
export const mixes = {
  /** Qwen3-0.6B: hidden 1024, 16 heads and 8 key–value heads of 128, intermediate 3072. */
  '0.6B': layer(1024, 2048, 1024, 3072),
  /** Qwen3-4B: hidden 2560, 32 heads and 8 key–value heads of 128, intermediate 9728. */
  '4B': layer(2560, 4096, 1024, 9728),
} as const satisfies Record<string, Shapes>;

export type Shapes = readonly (readonly [name: string, rows: number, cols: number])[];

function layer(hidden: number, heads: number, keys: number, intermediate: number): Shapes {
  return [
    ['self_attn.q_proj', heads, hidden],
    ['self_attn.k_proj', keys, hidden],
    ['self_attn.v_proj', keys, hidden],
    ['self_attn.o_proj', hidden, heads],
    ['mlp.gate_proj', intermediate, hidden],
    ['mlp.up_proj', intermediate, hidden],
    ['mlp.down_proj', hidden, intermediate],
  ];
}

/**
 * Writes one decoder layer as safetensors in bfloat16: Student-t values with 4 degrees of freedom × 0.02, seeded. With
 * `changed`, Gaussian noise of that size is added to the same values: the subject of a pair.
 */
export function writeMix(folder: string, shapes: Shapes, seed: number, changed = 0): void {
  mkdirSync(folder, { recursive: true });
  const file = openSync(join(folder, 'model.safetensors'), 'w');
  const header: Record<string, object> = {};
  let at = 0;
  for (const [name, rows, cols] of shapes) {
    const end = at + 2 * rows * cols;
    header[`model.layers.0.${name}.weight`] = { dtype: 'BF16', shape: [rows, cols], data_offsets: [at, end] };
    at = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeSync(file, length);
  writeSync(file, text);
  let block = 0;
  for (const [, rows, cols] of shapes)
    for (let left = rows * cols; left > 0; left -= blockLength, block++)
      writeSync(file, values(Math.min(blockLength, left), seed * 100_003 + block, changed));
  closeSync(file);
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3' }),
  );
}

const blockLength = 2 ** 18;

/** Little-endian bfloat16, rounded to the nearest, ties to even. */
function values(count: number, seed: number, changed: number): Buffer {
  const normals = gaussianNoise(5 * count, seed);
  const noise = changed > 0 ? gaussianNoise(count, seed + 0x40000000) : undefined;
  const word = new Float32Array(1);
  const bits = new Uint32Array(word.buffer);
  const bytes = Buffer.alloc(2 * count);
  for (let index = 0; index < count; index++) {
    const [z, a, b, c, d] = normals.subarray(5 * index, 5 * index + 5) as unknown as [
      number,
      number,
      number,
      number,
      number,
    ];
    const student = z / Math.sqrt((a * a + b * b + c * c + d * d) / 4);
    word[0] = 0.02 * student + (noise ? changed * (noise[index] as number) : 0);
    const whole = bits[0] as number;
    bytes.writeUInt16LE(((whole + 0x7fff + ((whole >>> 16) & 1)) >>> 16) & 0xffff, 2 * index);
  }
  return bytes;
}
