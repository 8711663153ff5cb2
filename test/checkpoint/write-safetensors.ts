import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One tensor to be written: bytes exactly as given, so that tests may also write wrong ones. */
export interface WrittenTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A float32 tensor of the given numbers. */
export function f32(shape: readonly number[], values: readonly number[]): WrittenTensor {
  return { dtype: 'F32', shape, data: new Uint8Array(Float32Array.from(values).buffer) };
}

/** A valid safetensors file, tensors in the order given. */
export function safetensors(
  tensors: Readonly<Record<string, WrittenTensor>>,
  metadata?: Record<string, string>,
): Buffer {
  let at = 0;
  const header: Record<string, unknown> = metadata ? { __metadata__: metadata } : {};
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + data.length] };
    at += data.length;
  }
  return withHeader(JSON.stringify(header), Buffer.concat(Object.values(tensors).map(({ data }) => data)));
}

/** Any text as header, its length before it and any bytes after it. */
export function withHeader(header: string | Uint8Array, data: Uint8Array = new Uint8Array()): Buffer {
  const text = Buffer.from(header as string);
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([prefix, text, data]);
}

/** A new folder with these files; objects are written as JSON. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | object | string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'skiagram-checkpoint-'));
  for (const [name, content] of Object.entries(files)) {
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(folder, name), raw ? content : JSON.stringify(content));
  }
  return folder;
}
