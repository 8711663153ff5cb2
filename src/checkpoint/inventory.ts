import type { CheckpointArtifact, MatrixInfo, TensorLocation } from './checkpoint.ts';
import { blockOf, dtypeBits, scaledDtypes, wholeDtypes } from './dtypes.ts';
import { languageSizes } from './model-sizes.ts';
import { isScale, schemeOf, withScale } from './quantised.ts';
import { roleOf } from './roles.ts';
import { isExperts, takeApart } from './take-apart.ts';

/** Names that are shown for each reason; the count is always complete. */
const examplesShown = 3;

/** Layer 10 after layer 9. */
const byNumberedName = new Intl.Collator('en', { numeric: true });

export interface Inventory
  extends Pick<CheckpointArtifact, 'parameters' | 'bytes' | 'dtypes' | 'matrices' | 'leftOut' | 'notes'> {
  /** Where every matrix lies, by its name: a stored tensor, one with its scales, or a part of one. */
  readonly locations: ReadonlyMap<string, TensorLocation>;
}

/**
 * Every tensor -> the matrices of the analysis in it, or a reason why there are none. Nothing is dropped silently: the tensors
 * of the matrices and the counts in `leftOut` add up to the stored ones, but for tied embeddings that are named in the
 * config and not stored. Fused weights are taken apart where the config tells their layout, else kept whole with a
 * note. Matrices are in order of name, numbers by their value.
 */
export function takeInventory(
  tensors: Iterable<TensorLocation>,
  config: Readonly<Record<string, unknown>> = {},
): Inventory {
  const sorted = [...tensors].sort((a, b) => byNumberedName.compare(a.name, b.name));
  const stored = new Map(sorted.map((tensor) => [tensor.name, tensor]));
  const names = new Set(stored.keys());
  const sizes = languageSizes(config);
  const embeddings = embeddingHashes(sorted);
  const [left, noted] = [new Reasons(), new Reasons()];
  const matrices: MatrixInfo[] = [];
  const locations = new Map<string, TensorLocation>();
  const dtypes: Record<string, number> = Object.create(null);
  let [parameters, bytes] = [0, 0];
  for (const tensor of sorted) {
    dtypes[tensor.dtype] = (dtypes[tensor.dtype] ?? 0) + 1;
    parameters += countOf(tensor);
    bytes += tensor.end - tensor.begin;
    const weight =
      schemeOf(tensor, names, config) ??
      reasonToLeave(tensor) ??
      tiedCopy(tensor, embeddings) ??
      withScale(tensor, stored, config);
    if (typeof weight === 'string') {
      left.add(weight, tensor.name);
      continue;
    }
    const role = roleOf(weight.name, weight.shape.slice(-2));
    const { parts, note } = takeApart(weight, role, sizes);
    if (note !== undefined) noted.add(note, weight.name);
    for (const part of parts) {
      const { name, shape, dtype } = part.location;
      const [rows = 0, cols = 0] = shape;
      matrices.push({ name, ...role, role: part.role, rows, cols, dtype });
      locations.set(name, part.location);
    }
  }
  const head = tiedHead(config, sorted);
  if (head) left.add('Tied to the input embedding and stored once, under its name.', head);
  return {
    parameters,
    bytes,
    dtypes: { ...dtypes },
    matrices,
    leftOut: left.counted(),
    notes: noted.counted(),
    locations,
  };
}

/** Names by reason, in the order in which reasons came up. */
export class Reasons {
  private readonly names = new Map<string, string[]>();

  add(reason: string, name: string): void {
    const names = this.names.get(reason);
    if (names) names.push(name);
    else this.names.set(reason, [name]);
  }

  counted(): CheckpointArtifact['leftOut'] {
    return [...this.names].map(([reason, names]) => ({
      reason,
      count: names.length,
      examples: names.slice(0, examplesShown),
    }));
  }
}

/** Numbers of a tensor; 0 where its shape is more than its bytes can be held against. */
function countOf(tensor: TensorLocation): number {
  const count = tensor.shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) && !repeats(tensor) ? count : 0;
}

/** True for a strided tensor of more numbers than are stored. */
function repeats({ shape, strides, begin, end, dtype }: TensorLocation): boolean {
  if (strides === undefined) return false;
  return shape.reduce((product, size) => product * size, 1) > (end - begin) / (blockOf(dtype)?.bytes ?? 1);
}

function reasonToLeave(tensor: TensorLocation): string | undefined {
  const { name, dtype, shape } = tensor;
  if (dtype === 'C64' || dtype === 'C128') return `Dtype ${dtype}: complex numbers are not analysed.`;
  if (isScale(tensor)) return 'Scales of quantised weights, not weights themselves.';
  if (!wholeDtypes.has(dtype) && !scaledDtypes.has(dtype)) {
    if (Object.hasOwn(dtypeBits, dtype))
      return `Dtype ${dtype}: integer or packed values mean nothing without scales, and are not dequantised.`;
    return /^(I?Q|TQ|NVFP|GGML)/.test(dtype)
      ? `Quantisation ${dtype} of GGUF is not read by this version.`
      : `Dtype ${dtype} is not known to this version.`;
  }
  if (shape.length < 2) return 'Not a matrix: a vector or a scalar (norms, biases).';
  if (shape.some((size) => size === 0)) return 'Empty: one of its sizes is 0.';
  if (repeats(tensor)) return 'Stored numbers that are repeated (an expanded tensor).';
  if (/[._]bias$/.test(name)) return 'Not a matrix: biases, one row an expert.';
  if (isExperts(tensor) && !scaledDtypes.has(dtype)) return undefined;
  if (shape.length > 2) return `Not a matrix: ${shape.length} dimensions (convolutions and the like).`;
  if (/#/.test(name)) return 'Its name has a "#", which stands for parts of tensors here.';
  return undefined;
}

/** The input embeddings' names by the hash of their bytes. */
function embeddingHashes(all: readonly TensorLocation[]): ReadonlyMap<string, string> {
  return new Map(
    all.flatMap(({ name, shape, sha256 }): [string, string][] =>
      sha256 !== undefined && roleOf(name, shape).role === 'embedding' ? [[sha256, name]] : [],
    ),
  );
}

/** A head with the very bytes of the embedding would be analysed twice. */
function tiedCopy(tensor: TensorLocation, embeddings: ReadonlyMap<string, string>): string | undefined {
  if (tensor.sha256 === undefined || roleOf(tensor.name, tensor.shape).role !== 'head') return undefined;
  const twin = embeddings.get(tensor.sha256);
  return twin && `A copy of the input embedding (${twin}): tied weights count once.`;
}

function tiedHead(config: Readonly<Record<string, unknown>>, all: readonly TensorLocation[]): string | undefined {
  const inner = config.text_config;
  const text = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  const tied = config.tie_word_embeddings === true || text.tie_word_embeddings === true;
  const stored = all.some(({ name, shape }) => roleOf(name, shape).role === 'head');
  return tied && !stored ? 'lm_head.weight' : undefined;
}
