import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Shapes } from './mix.ts';

interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Shards end once they are this long. */
const shardBytes = 2e9;
/** Numbers written at once. */
const piece = 2 ** 22;

/**
 * Writes a decoder in the Hugging Face layout, in bfloat16 and sharded; returns its bytes. Values are cheap: products of two
 * uniform 16-bit numbers with random sign, × 0.02, different in every tensor. Nothing larger than 8 MiB is held.
 */
export function writeLarge(
  folder: string,
  { layers, shapes, hidden, vocabulary }: { layers: number; shapes: Shapes; hidden: number; vocabulary: number },
): number {
  mkdirSync(folder, { recursive: true });
  const tensors: Tensor[] = [{ name: 'model.embed_tokens.weight', shape: [vocabulary, hidden] }];
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`;
    tensors.push({ name: `${at}.input_layernorm.weight`, shape: [hidden] });
    for (const [name, rows, cols] of shapes) tensors.push({ name: `${at}.${name}.weight`, shape: [rows, cols] });
    tensors.push({ name: `${at}.post_attention_layernorm.weight`, shape: [hidden] });
  }
  tensors.push({ name: 'model.norm.weight', shape: [hidden] });
  const shards = sharded(tensors);
  const random = xorshift(20_26);
  const weightMap: Record<string, string> = {};
  let total = 0;
  for (const [index, own] of shards.entries()) {
    const number = (value: number): string => String(value).padStart(5, '0');
    const name = `model-${number(index + 1)}-of-${number(shards.length)}.safetensors`;
    for (const tensor of own) weightMap[tensor.name] = name;
    total += writeShard(join(folder, name), own, random);
  }
  const index = { metadata: { total_size: total }, weight_map: weightMap };
  writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
  const config = { architectures: ['Qwen3ForCausalLM'], model_type: 'qwen3', num_hidden_layers: layers };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  return total;
}

function bytesOf({ shape }: Tensor): number {
  return 2 * shape.reduce((product, size) => product * size, 1);
}

function sharded(tensors: readonly Tensor[]): Tensor[][] {
  const shards: Tensor[][] = [[]];
  let length = 0;
  for (const tensor of tensors) {
    if (length > shardBytes) {
      shards.push([]);
      length = 0;
    }
    shards.at(-1)?.push(tensor);
    length += bytesOf(tensor);
  }
  return shards;
}

function writeShard(path: string, tensors: readonly Tensor[], random: () => number): number {
  const header: Record<string, object> = {};
  let at = 0;
  for (const tensor of tensors) {
    const end = at + bytesOf(tensor);
    header[tensor.name] = { dtype: 'BF16', shape: tensor.shape, data_offsets: [at, end] };
    at = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = openSync(path, 'w');
  writeSync(file, length);
  writeSync(file, text);
  const block = new Uint16Array(piece);
  for (let left = at / 2; left > 0; left -= piece) {
    const own = block.subarray(0, Math.min(piece, left));
    fill(own, random);
    writeAll(file, new Uint8Array(own.buffer, 0, own.byteLength));
  }
  closeSync(file);
  return at;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}

/** bfloat16 patterns of small random numbers, cut off rather than rounded. */
function fill(block: Uint16Array, random: () => number): void {
  const word = new Float32Array(1);
  const bits = new Uint32Array(word.buffer);
  for (let index = 0; index < block.length; index++) {
    const drawn = random();
    const [a, b] = [drawn & 0xffff, drawn >>> 16];
    word[0] = (0.02 * (a - 32_767.5) * b) / 2 ** 31;
    block[index] = (bits[0] as number) >>> 16;
  }
}

/** Marsaglia's 32-bit xorshift: fast, and good enough to fill a file. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
