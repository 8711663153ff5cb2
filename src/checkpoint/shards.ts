import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Format } from './checkpoint.ts';

export const indexName = 'model.safetensors.index.json';
const pytorchIndexName = 'pytorch_model.bin.index.json';

/** The weight files of a checkpoint, and which of them the index says holds each tensor (undefined: no index). */
export interface Shards {
  readonly format: Format;
  readonly files: readonly string[];
  readonly index: string | undefined;
  readonly weightMap: ReadonlyMap<string, string> | undefined;
}

const endings: readonly (readonly [RegExp, Format])[] = [
  [/\.safetensors$/, 'safetensors'],
  [/\.(bin|pth|pt|ckpt)$/, 'pytorch'],
  [/\.gguf$/, 'gguf'],
];

/** What training programs leave beside the weights in the same format. */
const besideWeights = /^(training_args|optimizer|scheduler|scaler|rng_state|random_states|trainer_state)/;

/** `model-00001-of-00003.gguf` is one of three files of one model. */
const ggufPart = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/;

/**
 * Folder or single file -> its weight files, all of one format. A folder's index decides; without one, every `*.safetensors`
 * file in order of name, else `pytorch_model.bin` or the only other PyTorch file, else the only GGUF model. Nothing is
 * opened but the index.
 *
 * Throws `checkpoint-missing`, `checkpoint-empty` (no weights that can be read), `checkpoint-ambiguous` (several models in one
 * folder), `index-corrupt` and `shard-missing`.
 */
export async function findShards(path: string): Promise<Shards> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new SkiagramError({
      code: 'checkpoint-missing',
      message:
        cause.code === 'ENOENT'
          ? `There is no checkpoint at ${path}.`
          : `The checkpoint at ${path} cannot be read (${cause.code}).`,
      hint: 'Give a folder in the Hugging Face layout, one weight file (.safetensors, .bin, .pth, .pt, .gguf), or a hub id (org/name).',
      cause,
    });
  });
  if (!found.isDirectory()) return fromFile(path);
  const names = (await readdir(path)).sort();
  if (names.includes(indexName)) return fromIndex(path, names, indexName, 'safetensors');
  const safetensors = names.filter((name) => name.endsWith('.safetensors'));
  if (safetensors.length > 0) return plain('safetensors', path, safetensors);
  if (names.includes(pytorchIndexName)) return fromIndex(path, names, pytorchIndexName, 'pytorch');
  const pytorch = pytorchFiles(path, names);
  if (pytorch.length > 0) return plain('pytorch', path, pytorch);
  const gguf = names.filter((name) => name.endsWith('.gguf'));
  const models = new Set(gguf.map((name) => ggufPart.exec(name)?.[1] ?? name));
  if (models.size > 1) throw ambiguous(path, gguf);
  if (gguf[0] !== undefined) return fromFile(join(path, gguf[0]));
  throw empty(`The folder ${path} holds no weights that are read.`, names);
}

async function fromFile(path: string): Promise<Shards> {
  const format = endings.find(([ending]) => ending.test(path))?.[1];
  if (!format) throw empty(`${path} is no weight file that is read.`, [basename(path)]);
  const part = ggufPart.exec(basename(path));
  if (!part) return { format, files: [path], index: undefined, weightMap: undefined };
  const count = Number(part[3]);
  const names = await readdir(dirname(path));
  const files = Array.from(
    { length: Math.min(count, names.length + 1) },
    (_, index) => `${part[1]}-${String(index + 1).padStart(5, '0')}-of-${part[3]}.gguf`,
  );
  const missing = files.filter((name) => !names.includes(name));
  if (missing.length > 0) throw shardMissing(dirname(path), missing, count, 'the count in its name');
  return plain('gguf', dirname(path), files);
}

function plain(format: Format, folder: string, names: readonly string[]): Shards {
  return { format, files: names.map((name) => join(folder, name)), index: undefined, weightMap: undefined };
}

function pytorchFiles(folder: string, names: readonly string[]): readonly string[] {
  const files = names.filter((name) => endings[1]?.[0].test(name) && !besideWeights.test(name));
  if (files.includes('pytorch_model.bin')) return ['pytorch_model.bin'];
  const shards = files.filter((name) => /-\d{5}-of-\d{5}\.bin$/.test(name));
  if (shards.length > 0) return shards;
  const slices = files.filter((name) => /^consolidated\.\d+\.pth$/.test(name));
  if (slices.length > 1)
    throw new SkiagramError({
      code: 'checkpoint-ambiguous',
      message: `${folder} holds ${slices.length} slices of a model that was cut for as many devices (${slices[0]}, …).`,
      hint: 'Each matrix is cut into pieces there. Convert the checkpoint to the Hugging Face layout first.',
    });
  if (files.length > 1) throw ambiguous(folder, files);
  return files;
}

async function fromIndex(folder: string, names: readonly string[], index: string, format: Format): Promise<Shards> {
  const weightMap = await readWeightMap(join(folder, index), format);
  const files = [...new Set(weightMap.values())].sort();
  const missing = files.filter((name) => !names.includes(name));
  if (missing.length > 0) throw shardMissing(folder, missing, files.length, index);
  return { format, files: files.map((name) => join(folder, name)), index, weightMap };
}

async function readWeightMap(path: string, format: Format): Promise<ReadonlyMap<string, string>> {
  const fault = (what: string, cause?: unknown): SkiagramError =>
    new SkiagramError({
      code: 'index-corrupt',
      message: `${path}: ${what}.`,
      hint: 'Fetch or save the index again, or delete it to read the weight files of the folder as they are.',
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
    if (
      typeof file !== 'string' ||
      !endings.some(([ending, of]) => of === format && ending.test(file)) ||
      /[/\\]/.test(file)
    )
      throw fault(`weight_map places "${tensor}" in ${JSON.stringify(file)}, not in a ${format} file of the folder`);
  }
  return new Map(entries);
}

function shardMissing(folder: string, missing: readonly string[], count: number, by: string): SkiagramError {
  return new SkiagramError({
    code: 'shard-missing',
    message: `${folder} lacks ${missing.length} of ${count} shards that ${by} names: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}.`,
    hint: 'Fetch the missing files; an interrupted download or copy leaves this behind.',
  });
}

function ambiguous(folder: string, names: readonly string[]): SkiagramError {
  return new SkiagramError({
    code: 'checkpoint-ambiguous',
    message: `${folder} holds several models: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}.`,
    hint: 'Name the file that is meant.',
  });
}

/** Weights in formats that are not read, by ending. */
const otherFormats = /\.(ggml|h5|msgpack|onnx|npz|tflite|mlmodel)$/;

function empty(message: string, names: readonly string[]): SkiagramError {
  const others = names.filter((name) => otherFormats.test(name));
  const seen = others.length > 0 ? ` Found ${others.slice(0, 3).join(', ')}, which is not read.` : '';
  return new SkiagramError({
    code: 'checkpoint-empty',
    message: `${message}${seen}`,
    hint:
      others.length > 0
        ? 'Save the weights as safetensors, e.g. model.save_pretrained(folder, safe_serialization=True).'
        : 'Formats read: .safetensors, .bin, .pth, .pt and .gguf, one file or sharded.',
  });
}
