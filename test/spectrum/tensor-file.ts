import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TensorLocation } from '../../src/checkpoint/checkpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'skiagram-tensor-'));
let count = 0;

/** Writes values as one tensor's bytes, with a few bytes before it so that offsets matter. */
export function tensorFile(
  values: readonly number[],
  shape: readonly [number, number],
  dtype: 'F64' | 'F32' | 'F16' | 'BF16' = 'F64',
): TensorLocation {
  const bytes = encode(values, dtype);
  const file = join(folder, `${count++}.bin`);
  writeFileSync(file, Buffer.concat([Buffer.alloc(8), bytes]));
  return { name: 'layer.weight', dtype, shape, file, begin: 8, end: 8 + bytes.length };
}

/** Raw 16-bit patterns as a tensor, for values that JavaScript cannot write directly. */
export function bitsFile(
  bits: readonly number[],
  shape: readonly [number, number],
  dtype: 'F16' | 'BF16',
): TensorLocation {
  const file = join(folder, `${count++}.bin`);
  writeFileSync(file, Buffer.from(Uint16Array.from(bits).buffer));
  return { name: 'layer.weight', dtype, shape, file, begin: 0, end: bits.length * 2 };
}

function encode(values: readonly number[], dtype: string): Buffer {
  if (dtype === 'F64') return Buffer.from(Float64Array.from(values).buffer);
  if (dtype === 'F32') return Buffer.from(Float32Array.from(values).buffer);
  if (dtype === 'BF16')
    return Buffer.from(
      Uint16Array.from(new Uint32Array(Float32Array.from(values).buffer), (word) => word >>> 16).buffer,
    );
  throw new Error(`write ${dtype} with bitsFile`);
}
