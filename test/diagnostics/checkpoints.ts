import { fileURLToPath } from 'node:url';
import type { Checkpoint } from '../../src/checkpoint/checkpoint.ts';
import { openCheckpoint } from '../../src/checkpoint/open.ts';
import { f32, folderOf, safetensors } from '../checkpoint/write-safetensors.ts';

/** One of the example checkpoints. */
export function tiny(name: 'base' | 'narrow' | 'broad' | 'rebuilt'): Promise<Checkpoint> {
  return openCheckpoint(fileURLToPath(new URL(`../../examples/tiny/checkpoints/${name}`, import.meta.url)));
}

/** A checkpoint on disk with these float32 matrices, given by name, sides and row-major entries. */
export async function written(
  matrices: Readonly<Record<string, readonly [rows: number, cols: number, entries: ArrayLike<number>]>>,
): Promise<Checkpoint> {
  const tensors = Object.fromEntries(
    Object.entries(matrices).map(([name, [rows, cols, entries]]) => [name, f32([rows, cols], Array.from(entries))]),
  );
  return openCheckpoint(await folderOf({ 'model.safetensors': safetensors(tensors) }));
}
