import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SkiagramError } from '../base/error.ts';

export const indexName = 'model.safetensors.index.json';

/** The safetensors files of a checkpoint, and which of them the index says holds each tensor (undefined: no index). */
export interface Shards {
  readonly files: readonly string[];
  readonly weightMap: ReadonlyMap<string, string> | undefined;
}

/**
 * Folder or single file -> its weight files. A folder's `model.safetensors.index.json` decides; without one, every
 * `*.safetensors` file in order of name. Nothing is opened but the index.
 *
 * Throws `checkpoint-missing`, `checkpoint-empty` (no weights that can be read), `index-corrupt` and `shard-missing`.
 */
export async function findShards(path: string): Promise<Shards> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new SkiagramError({
      code: 'checkpoint-missing',
      message:
        cause.code === 'ENOENT'
          ? `There is no checkpoint at ${path}.`
          : `The checkpoint at ${path} cannot be read (${cause.code}).`,
      hint: 'Give a folder in the Hugging Face layout or one .safetensors file.',
      cause,
    });
  });
  if (!found.isDirectory()) {
    if (!path.endsWith('.safetensors')) throw empty(`${path} is not a .safetensors file.`, [basename(path)]);
    return { files: [path], weightMap: undefined };
  }
  const names = (await readdir(path)).sort();
  if (names.includes(indexName)) return fromIndex(path, names);
  const files = names.filter((name) => name.endsWith('.safetensors'));
  if (files.length === 0) throw empty(`The folder ${path} holds no .safetensors file.`, names);
  return { files: files.map((name) => join(path, name)), weightMap: undefined };
}

async function fromIndex(folder: string, names: readonly string[]): Promise<Shards> {
  const weightMap = await readWeightMap(join(folder, indexName));
  const files = [...new Set(weightMap.values())].sort();
  const missing = files.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new SkiagramError({
      code: 'shard-missing',
      message: `${folder} lacks ${missing.length} of ${files.length} shards that ${indexName} names: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}.`,
      hint: 'Fetch the missing files; an interrupted download or copy leaves this behind.',
    });
  return { files: files.map((name) => join(folder, name)), weightMap };
}

async function readWeightMap(path: string): Promise<ReadonlyMap<string, string>> {
  const fault = (what: string, cause?: unknown): SkiagramError =>
    new SkiagramError({
      code: 'index-corrupt',
      message: `${path}: ${what}.`,
      hint: 'Fetch or save the index again, or delete it to read every .safetensors file of the folder.',
      cause,
    });
  let document: unknown;
  try {
    document = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw fault('it cannot be read as JSON', cause);
  }
  const map = (document as { weight_map?: unknown } | null)?.weight_map;
  if (typeof map !== 'object' || map === null || Array.isArray(map)) throw fault('it has no weight_map');
  const entries = Object.entries(map);
  if (entries.length === 0) throw fault('its weight_map is empty');
  for (const [tensor, file] of entries) {
    // A shard outside the folder would let an index read any file of the machine.
    if (typeof file !== 'string' || !file.endsWith('.safetensors') || /[/\\]/.test(file))
      throw fault(`weight_map places "${tensor}" in ${JSON.stringify(file)}, not in a .safetensors file of the folder`);
  }
  return new Map(entries);
}

/** Weights in formats that are not read yet, by ending. */
const otherFormats = /\.(bin|pt|pth|gguf|ggml|h5|msgpack|onnx|ckpt|npz)$/;

function empty(message: string, names: readonly string[]): SkiagramError {
  const others = names.filter((name) => otherFormats.test(name));
  const seen = others.length > 0 ? ` Found ${others.slice(0, 3).join(', ')}, which is not read yet.` : '';
  return new SkiagramError({
    code: 'checkpoint-empty',
    message: `${message}${seen}`,
    hint:
      others.length > 0
        ? 'Save the weights as safetensors, e.g. model.save_pretrained(folder, safe_serialization=True).'
        : 'Formats read: .safetensors, one file or sharded with model.safetensors.index.json.',
  });
}
