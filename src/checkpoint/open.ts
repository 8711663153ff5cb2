import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isAdapter, readAdapter } from './adapter.ts';
import type { Checkpoint, TensorLocation } from './checkpoint.ts';
import type { FingerprintOptions } from './fingerprint.ts';
import { type Fetching, fetched } from './hub.ts';
import { Reasons, takeInventory } from './inventory.ts';
import { readJson } from './read-json.ts';
import { readStored, type Stored } from './read-stored.ts';

export interface OpenOptions extends FingerprintOptions {
  /** Folder, file or hub id of the model that an adapter belongs to; without it, the one its adapter_config.json names. */
  readonly base?: string | undefined;
  /** How hub ids are fetched; they are not looked for where it is left out. */
  readonly hub?: Fetching | undefined;
}

/**
 * Opens a folder in the Hugging Face layout, one weight file (safetensors, PyTorch, GGUF), a hub id (`org/name`, where no
 * such path exists), or a folder with a LoRA adapter: reads headers and config.json, checks that they agree, and reads every
 * byte once for the fingerprint (about as fast as the disk or SHA-256, whichever is slower). No tensor is held in
 * memory. An adapter gives its base's matrices with low-rank updates; its fingerprint covers both.
 *
 * Throws `checkpoint-missing`, `checkpoint-empty`, `checkpoint-ambiguous`, `index-corrupt`, `shard-missing`, `shard-mismatch`
 * (index and shards disagree), `safetensors-corrupt`, `pytorch-corrupt`, `zip-corrupt`, `pickle-refused`, `gguf-corrupt`,
 * `config-corrupt`, `checkpoint-changed`, `file-unreadable`, what `adapter.ts` and `hub.ts` say, and the signal's reason when
 * aborted.
 */
export async function openCheckpoint(path: string, options: OpenOptions = {}): Promise<Checkpoint> {
  // 1. Path or hub id -> a path that exists.
  const local = await fetched(path, options.hub, options);
  const folder = (await stat(local).catch(() => undefined))?.isDirectory() === false ? dirname(local) : local;

  // 2. Files -> every tensor with its hash.
  if (await isAdapter(local)) {
    let localBase = '';
    const read = async (base: string): ReturnType<typeof openBase> => {
      localBase = await fetched(base, options.hub, options);
      return openBase(localBase, options);
    };
    const adapter = await readAdapter(local, { ...options, read });
    return assembled({ path, local, localBase }, adapter, adapter.config, adapter.lowRank);
  }
  const stored = await readStored(local, options);
  return assembled({ path, local }, stored, { ...stored.config, ...(await readJson(folder, 'config.json')) });
}

async function openBase(
  local: string,
  options: OpenOptions,
): Promise<Stored & { config: Readonly<Record<string, unknown>> }> {
  const folder = (await stat(local).catch(() => undefined))?.isDirectory() === false ? dirname(local) : local;
  const stored = await readStored(local, options);
  return { ...stored, config: { ...stored.config, ...(await readJson(folder, 'config.json')) } };
}

/** Names and shapes -> what is analysed and what is not. */
function assembled(
  place: { readonly path: string; readonly local: string; readonly localBase?: string },
  stored: Stored,
  config: Readonly<Record<string, unknown>>,
  lowRank?: Checkpoint['lowRank'],
): Checkpoint {
  const { locations, ...inventory } = takeInventory(stored.tensors, config);
  const left = new Reasons();
  for (const { name, reason } of stored.leftOut) left.add(reason, name);
  const tensors = new Map<string, TensorLocation>(stored.tensors.map((tensor) => [tensor.name, tensor]));
  for (const [name, location] of locations) tensors.set(name, location);
  return {
    schemaVersion: '1.0',
    ...place,
    format: stored.format,
    architecture: architectureOf(config),
    fingerprint: stored.fingerprint,
    ...inventory,
    leftOut: [...inventory.leftOut, ...left.counted()],
    ...(lowRank ? { lowRank } : {}),
    tensors,
    stored: stored.tensors,
    config,
  };
}

function architectureOf(config: Readonly<Record<string, unknown>>): string | null {
  const names = config.architectures;
  if (Array.isArray(names) && typeof names[0] === 'string') return names[0];
  return typeof config.model_type === 'string' ? config.model_type : null;
}
