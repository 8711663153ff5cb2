import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import { type Bytes, openBytes } from './bytes.ts';
import type { Format, TensorLocation } from './checkpoint.ts';
import type { Contents } from './contents.ts';
import { type FingerprintOptions, fingerprint } from './fingerprint.ts';
import { readGguf } from './gguf.ts';
import { readPytorch } from './pytorch.ts';
import { readSafetensors } from './safetensors.ts';
import { findShards, type Shards } from './shards.ts';

const readers: Readonly<Record<Format, (bytes: Bytes) => Contents | Promise<Contents>>> = {
  safetensors: readSafetensors,
  pytorch: readPytorch,
  gguf: readGguf,
};

/** What is stored in the weight files of a checkpoint, hashed. */
export interface Stored extends Contents {
  readonly format: Format;
  readonly fingerprint: string;
}

/**
 * Folder or file -> every tensor of its weight files with its hash, and the fingerprint of all. Files that change while they
 * are read are noticed by size and time of change. Throws as `openCheckpoint` says.
 */
export async function readStored(path: string, options: FingerprintOptions = {}): Promise<Stored> {
  const shards = await findShards(path);
  options.signal?.throwIfAborted();
  const before = await Promise.all(shards.files.map(stateOf));
  const contents = await Promise.all(shards.files.map((file) => readFile(file, shards.format)));
  const located = checkIndex(
    shards,
    contents.flatMap(({ tensors }) => tensors),
  );
  const { fingerprint: identity, tensors } = await fingerprint(located, options);
  for (const [index, file] of shards.files.entries()) if ((await stateOf(file)) !== before[index]) throw changed(file);
  return {
    format: shards.format,
    fingerprint: identity,
    tensors,
    leftOut: contents.flatMap(({ leftOut }) => leftOut),
    config: contents.find(({ config }) => config !== null)?.config ?? null,
  };
}

async function readFile(file: string, format: Format): Promise<Contents> {
  const bytes = openBytes(file);
  try {
    return await readers[format](bytes);
  } finally {
    bytes.close();
  }
}

async function stateOf(file: string): Promise<string> {
  const { size, mtimeNs, ino } = await stat(file, { bigint: true }).catch(() => ({
    size: -1n,
    mtimeNs: -1n,
    ino: -1n,
  }));
  return `${size} ${mtimeNs} ${ino}`;
}

/** Every tensor once, and where the index says it is. */
function checkIndex({ weightMap, index }: Shards, tensors: readonly TensorLocation[]): readonly TensorLocation[] {
  const seen = new Map<string, TensorLocation>();
  for (const tensor of tensors) {
    const twin = seen.get(tensor.name);
    if (twin)
      throw disagree(`tensor "${tensor.name}" is in both ${basename(twin.file)} and ${basename(tensor.file)}`, tensor);
    seen.set(tensor.name, tensor);
    if (!weightMap) continue;
    const expected = weightMap.get(tensor.name);
    if (expected === undefined)
      throw disagree(`tensor "${tensor.name}" is in ${basename(tensor.file)}, but ${index} does not list it`, tensor);
    if (expected !== basename(tensor.file))
      throw disagree(
        `${index} places tensor "${tensor.name}" in ${expected}, but it is in ${basename(tensor.file)}`,
        tensor,
      );
  }
  for (const [name, file] of weightMap ?? [])
    if (!seen.has(name)) throw disagree(`${index} places tensor "${name}" in ${file}, but it is not there`, tensors[0]);
  return tensors;
}

function changed(file: string): SkiagramError {
  return new SkiagramError({
    code: 'checkpoint-changed',
    message: `${file} changed while it was read.`,
    hint: 'Is the file still being written? Wait until it is complete and run again.',
  });
}

function disagree(what: string, near: TensorLocation | undefined): SkiagramError {
  return new SkiagramError({
    code: 'shard-mismatch',
    message: `${near ? dirname(near.file) : 'The checkpoint'}: ${what}.`,
    hint: 'The folder mixes files of different saves. Remove the older ones, or save the checkpoint again.',
  });
}
