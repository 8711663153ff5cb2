import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SkiagramError } from '../base/error.ts';
import type { Checkpoint, LowRankUpdate, TensorLocation } from './checkpoint.ts';
import type { FingerprintOptions } from './fingerprint.ts';
import { type LoraConfig, loraConfig, refusedAdapter } from './lora-config.ts';
import { transposed } from './part-of.ts';
import { readJson } from './read-json.ts';
import { readStored, type Stored } from './read-stored.ts';

/** A base model with an adapter on it: the base's tensors, some with updates, some replaced. */
export interface Adapter extends Stored {
  readonly config: Readonly<Record<string, unknown>>;
  readonly lowRank: NonNullable<Checkpoint['lowRank']>;
}

export interface AdapterOptions extends FingerprintOptions {
  readonly base?: string | undefined;
  /** Opens the base, wherever it is. */
  readonly read: (base: string) => Promise<Stored & { config: Readonly<Record<string, unknown>> }>;
}

/** Opens the adapter's fingerprint, so that it is never one of a plain checkpoint. */
const domain = 'skiagram-adapter-1\0';

/** True for a folder that holds an adapter and no model. */
export async function isAdapter(path: string): Promise<boolean> {
  const has = (name: string): Promise<boolean> =>
    stat(join(path, name)).then(
      () => true,
      () => false,
    );
  return (await has('adapter_config.json')) && !(await has('config.json'));
}

/**
 * A LoRA adapter on its base, as PEFT saves it: every matrix with `lora_A` and `lora_B` gets the update factor · B A (its
 * transpose for `fan_in_fan_out` and embeddings), whole weights in the adapter (`modules_to_save`) replace the base's.
 * The fingerprint is the SHA-256 of `skiagram-adapter-1`, a zero byte, the fingerprints of base and adapter file, and the
 * updates' factors, names and orientations as JSON, in order of name.
 *
 * Throws `adapter-unsupported` (DoRA, LoHa, IA³ and others, each by name), `adapter-base-missing`, `adapter-mismatch` (an update
 * without a matrix of its shape in the base), and what opening either side throws.
 */
export async function readAdapter(folder: string, options: AdapterOptions): Promise<Adapter> {
  const settings = loraConfig(await readJson(folder, 'adapter_config.json'), folder);
  const base = await options.read(await baseOf(folder, settings, options.base));
  const file = await adapterFile(folder);
  const adapter = await readStored(file, options);
  const byName = new Map(base.tensors.map((tensor) => [tensor.name, tensor]));
  const factors: { target: string; factor: number; turned: boolean }[] = [];
  let rank = 0;
  for (const [target, pair] of pairsOf(adapter.tensors, file)) {
    const matrix = byName.get(target);
    if (!matrix) throw mismatch(file, `it updates "${target}", which the base does not have`);
    const factor = settings.factorOf(target, pair.a.shape[0] ?? 0);
    const turned = settings.turned || pair.embedding;
    byName.set(target, { ...matrix, updates: [updateOf(matrix, pair, factor, turned, file)] });
    factors.push({ target, factor, turned });
    rank = Math.max(rank, pair.a.shape[0] ?? 0);
  }
  if (factors.length === 0) throw mismatch(file, 'it holds no lora_A and lora_B');
  for (const [name, tensor] of wholeOf(adapter.tensors)) byName.set(name, { ...tensor, name });
  factors.sort((a, b) => (a.target < b.target ? -1 : 1));
  const identity = createHash('sha256').update(domain).update(base.fingerprint).update(adapter.fingerprint);
  return {
    ...base,
    tensors: [...byName.values()],
    leftOut: [...base.leftOut, ...adapter.leftOut],
    fingerprint: identity.update(JSON.stringify(factors)).digest('hex'),
    lowRank: { rank, targets: [...new Set(factors.map(({ target }) => moduleOf(target)))].sort() },
  };
}

interface Pair {
  readonly a: TensorLocation;
  readonly b: TensorLocation;
  readonly embedding: boolean;
}

const factorName = /^(.*)\.lora_(embedding_)?([AB])(?:\.default)?(?:\.weight)?$/;
const ownPrefix = /^base_model\.model\./;

/** lora_A and lora_B by the name of the weight they update. */
function pairsOf(tensors: readonly TensorLocation[], file: string): Map<string, Pair> {
  const halves = new Map<string, { a?: TensorLocation; b?: TensorLocation; embedding: boolean }>();
  for (const tensor of tensors) {
    const match = factorName.exec(tensor.name);
    if (!match) continue;
    const target = `${(match[1] ?? '').replace(ownPrefix, '')}.weight`;
    const half = halves.get(target) ?? { embedding: match[2] !== undefined };
    halves.set(target, { ...half, [match[3] === 'A' ? 'a' : 'b']: tensor });
  }
  const pairs = new Map<string, Pair>();
  for (const [target, { a, b, embedding }] of halves) {
    if (!a || !b) throw mismatch(file, `of the update of "${target}" only lora_${a ? 'A' : 'B'} is there`);
    pairs.set(target, { a, b, embedding });
  }
  return pairs;
}

/** Weights that the adapter brings whole. Any other kind of factor is refused by its name. */
function wholeOf(tensors: readonly TensorLocation[]): [string, TensorLocation][] {
  return tensors
    .filter(({ name }) => !factorName.test(name))
    .map((tensor) => {
      const kind =
        /\.(lora_magnitude_vector|lora_\w+|hada_\w+|lokr_\w+|ia3_l|oft_\w+|boft_\w+|vera_\w+|prompt_embeddings)(\.|$)/.exec(
          tensor.name,
        );
      if (kind) throw refusedAdapter(tensor.file, `it holds "${kind[1]}"`);
      return [tensor.name.replace(ownPrefix, '').replace(/\.modules_to_save(\.default)?\./, '.'), tensor];
    });
}

function updateOf(
  matrix: TensorLocation,
  { a, b }: Pair,
  factor: number,
  turned: boolean,
  file: string,
): LowRankUpdate {
  const update = turned ? { a: transposed(b), b: transposed(a), factor } : { a, b, factor };
  const [rows, cols] = matrix.shape;
  const fits =
    matrix.shape.length === 2 &&
    a.shape.length === 2 &&
    b.shape.length === 2 &&
    update.b.shape[0] === rows &&
    update.a.shape[1] === cols &&
    update.b.shape[1] === update.a.shape[0];
  if (fits) return update;
  throw mismatch(
    file,
    `its update of "${matrix.name}" is ${b.shape.join('×')} by ${a.shape.join('×')}${turned ? ' transposed' : ''}, the base's matrix ${matrix.shape.join('×')}`,
  );
}

async function baseOf(folder: string, { base: named }: LoraConfig, given: string | undefined): Promise<string> {
  if (given !== undefined) return given;
  for (const path of named === undefined ? [] : [join(folder, named), named])
    if (
      await stat(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  if (named !== undefined && /^[\w.-]+\/[\w.-]+$/.test(named)) return named;
  throw new SkiagramError({
    code: 'adapter-base-missing',
    message: `${folder} is an adapter for ${named ? `"${named}"` : 'a model that it does not name'}, which is not here.`,
    hint: 'Say where the base model is: --base PATH, or base: in the config.',
  });
}

async function adapterFile(folder: string): Promise<string> {
  for (const name of ['adapter_model.safetensors', 'adapter_model.bin'])
    if (
      await stat(join(folder, name)).then(
        () => true,
        () => false,
      )
    )
      return join(folder, name);
  throw new SkiagramError({
    code: 'checkpoint-empty',
    message: `${folder} has an adapter_config.json, but neither adapter_model.safetensors nor adapter_model.bin.`,
    hint: 'Fetch or save the adapter again.',
  });
}

function mismatch(file: string, what: string): SkiagramError {
  return new SkiagramError({
    code: 'adapter-mismatch',
    message: `${file}: ${what}.`,
    hint: `Give the model that ${basename(file)} was trained on as base.`,
  });
}

/** `model.layers.0.self_attn.q_proj.weight` is `q_proj`. */
function moduleOf(target: string): string {
  return target.split('.').at(-2) ?? target;
}
