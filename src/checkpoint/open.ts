import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint, TensorLocation } from './checkpoint.ts';
import { type FingerprintOptions, fingerprint } from './fingerprint.ts';
import { takeInventory } from './inventory.ts';
import { headerLength, parseHeader, prefixBytes } from './safetensors.ts';
import { findShards, indexName, type Shards } from './shards.ts';

/**
 * Opens a folder in the Hugging Face layout or one .safetensors file: reads headers and config.json, checks that they
 * agree, and reads every byte once for the fingerprint (about as fast as the disk or SHA-256, whichever is slower).
 * No tensor is held in memory.
 *
 * Throws `checkpoint-missing`, `checkpoint-empty`, `index-corrupt`, `shard-missing`, `shard-mismatch` (index and shards
 * disagree), `safetensors-corrupt`, `config-corrupt`, `checkpoint-changed`, and the signal's reason when aborted.
 */
export async function openCheckpoint(path: string, options: FingerprintOptions = {}): Promise<Checkpoint> {
  // 1. Path -> files and config.
  const shards = await findShards(path);
  const config = await readConfig((await stat(path)).isDirectory() ? path : dirname(path));
  options.signal?.throwIfAborted();

  // 2. Headers -> where every tensor lies.
  const located = checkIndex(shards, (await Promise.all(shards.files.map(readHeader))).flat());

  // 3. Bytes -> fingerprint of the whole and of each tensor.
  const { fingerprint: identity, tensors } = await fingerprint(located, options);

  // 4. Names and shapes -> what is analysed and what is not.
  return {
    schemaVersion: '1.0',
    path,
    format: 'safetensors',
    architecture: architectureOf(config),
    fingerprint: identity,
    ...takeInventory(tensors, config),
    tensors: new Map(tensors.map((tensor) => [tensor.name, tensor])),
    stored: tensors,
    config,
  };
}

async function readHeader(path: string): Promise<TensorLocation[]> {
  const file = await open(path, 'r');
  try {
    const source = { file: path, fileSize: (await file.stat()).size };
    const prefix = await readStart(prefixBytes, 0);
    return parseHeader(await readStart(headerLength(prefix, source), prefixBytes), source);
  } finally {
    await file.close();
  }

  async function readStart(length: number, position: number): Promise<Uint8Array> {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  }
}

/** Every tensor once, and where the index says it is. */
function checkIndex({ weightMap }: Shards, tensors: readonly TensorLocation[]): readonly TensorLocation[] {
  const seen = new Map<string, TensorLocation>();
  for (const tensor of tensors) {
    const twin = seen.get(tensor.name);
    if (twin)
      throw disagree(`tensor "${tensor.name}" is in both ${basename(twin.file)} and ${basename(tensor.file)}`, tensor);
    seen.set(tensor.name, tensor);
    if (!weightMap) continue;
    const expected = weightMap.get(tensor.name);
    if (expected === undefined)
      throw disagree(
        `tensor "${tensor.name}" is in ${basename(tensor.file)}, but ${indexName} does not list it`,
        tensor,
      );
    if (expected !== basename(tensor.file))
      throw disagree(
        `${indexName} places tensor "${tensor.name}" in ${expected}, but it is in ${basename(tensor.file)}`,
        tensor,
      );
  }
  for (const [name, file] of weightMap ?? [])
    if (!seen.has(name))
      throw disagree(`${indexName} places tensor "${name}" in ${file}, but it is not there`, tensors[0]);
  return tensors;
}

function disagree(what: string, near: TensorLocation | undefined): SkiagramError {
  return new SkiagramError({
    code: 'shard-mismatch',
    message: `${near ? dirname(near.file) : 'The checkpoint'}: ${what}.`,
    hint: 'The folder mixes files of different saves. Remove the older ones, or save the checkpoint again.',
  });
}

async function readConfig(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, 'config.json');
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '{}';
    throw configCorrupt(path, cause);
  });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw configCorrupt(path, cause);
  }
  throw configCorrupt(path, 'it is not a JSON object');
}

function configCorrupt(path: string, cause: unknown): SkiagramError {
  return new SkiagramError({
    code: 'config-corrupt',
    message: `${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`,
    hint: 'Fetch or save config.json again. It is optional: the file may also be removed.',
    cause,
  });
}

function architectureOf(config: Readonly<Record<string, unknown>>): string | null {
  const names = config.architectures;
  if (Array.isArray(names) && typeof names[0] === 'string') return names[0];
  return typeof config.model_type === 'string' ? config.model_type : null;
}
