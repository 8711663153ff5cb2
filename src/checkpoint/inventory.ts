import type { CheckpointArtifact, MatrixInfo, TensorLocation } from './checkpoint.ts';
import { dtypeBits, floatDtypes } from './dtypes.ts';
import { roleOf } from './roles.ts';

/** Names that are shown for each reason; the count is always complete. */
const examplesShown = 3;

/** Layer 10 after layer 9. */
const byNumberedName = new Intl.Collator('en', { numeric: true });

export type Inventory = Pick<CheckpointArtifact, 'parameters' | 'bytes' | 'dtypes' | 'matrices' | 'leftOut'>;

/**
 * Every tensor -> a matrix of the analysis or a reason why it is none. Nothing is dropped silently: the matrices and the
 * counts in `leftOut` add up to the tensors, but for tied embeddings that are named in the config and not stored.
 * Matrices are in order of name, numbers by their value.
 */
export function takeInventory(
  tensors: Iterable<TensorLocation>,
  config: Readonly<Record<string, unknown>> = {},
): Inventory {
  const sorted = [...tensors].sort((a, b) => byNumberedName.compare(a.name, b.name));
  const matrices: MatrixInfo[] = [];
  const left = new Map<string, string[]>();
  const leave = (reason: string, name: string): void => {
    const names = left.get(reason);
    if (names) names.push(name);
    else left.set(reason, [name]);
  };
  const dtypes: Record<string, number> = {};
  let parameters = 0;
  let bytes = 0;
  for (const tensor of sorted) {
    dtypes[tensor.dtype] = (dtypes[tensor.dtype] ?? 0) + 1;
    parameters += tensor.shape.reduce((product, size) => product * size, 1);
    bytes += tensor.end - tensor.begin;
    const [rows = 0, cols = 0] = tensor.shape;
    const reason = reasonToLeave(tensor) ?? tiedCopy(tensor, sorted);
    if (reason !== undefined) leave(reason, tensor.name);
    else matrices.push({ name: tensor.name, ...roleOf(tensor.name, tensor.shape), rows, cols, dtype: tensor.dtype });
  }
  const head = tiedHead(config, sorted);
  if (head) leave('Tied to the input embedding and stored once, under its name.', head);
  const leftOut = [...left].map(([reason, names]) => ({
    reason,
    count: names.length,
    examples: names.slice(0, examplesShown),
  }));
  return { parameters, bytes, dtypes, matrices, leftOut };
}

function reasonToLeave({ name, dtype, shape }: TensorLocation): string | undefined {
  if (dtypeBits[dtype] === undefined) return `Dtype ${dtype} is not known to this version.`;
  if (!floatDtypes.has(dtype))
    return `Dtype ${dtype}: integer or quantised values mean nothing without their scales, which are not read yet.`;
  if (/(^|[._])(scales?|scale_inv|q?zeros)$/.test(name)) return 'Scales of quantised weights, not weights themselves.';
  if (shape.length < 2) return 'Not a matrix: a vector or a scalar (norms, biases).';
  if (shape.length === 3 && /experts?\b/.test(name))
    return 'Three dimensions: experts stored in one tensor are not taken apart yet.';
  if (shape.length > 2) return `Not a matrix: ${shape.length} dimensions (convolutions and the like).`;
  if (shape.some((size) => size === 0)) return 'Empty: one of its sizes is 0.';
  return undefined;
}

/** A head with the very bytes of the embedding would be analysed twice. */
function tiedCopy(tensor: TensorLocation, all: readonly TensorLocation[]): string | undefined {
  if (tensor.sha256 === undefined || roleOf(tensor.name, tensor.shape).role !== 'head') return undefined;
  const twin = all.find(
    (other) => other.sha256 === tensor.sha256 && roleOf(other.name, other.shape).role === 'embedding',
  );
  return twin && `A copy of the input embedding (${twin.name}): tied weights count once.`;
}

function tiedHead(config: Readonly<Record<string, unknown>>, all: readonly TensorLocation[]): string | undefined {
  const inner = config.text_config;
  const text = typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
  const tied = config.tie_word_embeddings === true || text.tie_word_embeddings === true;
  const stored = all.some(({ name, shape }) => roleOf(name, shape).role === 'head');
  return tied && !stored ? 'lm_head.weight' : undefined;
}
