import { SkiagramError } from '../base/error.ts';
import type { Checkpoint, MatrixInfo } from '../checkpoint/checkpoint.ts';

/** A matrix of the subject and its partner in the reference. */
export interface MatrixPair {
  readonly matrix: MatrixInfo;
  readonly partner: MatrixInfo;
}

export interface Pairing {
  readonly pairs: readonly MatrixPair[];
  readonly unpaired: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Matches matrices by name and shape. Where a name has no partner, wrappers around the language model are ignored, so
 * that `model.language_model.layers.0.…` of a vision–language model meets `model.layers.0.…` of its text base.
 *
 * Throws `base-mismatch` where no weight matrix inside a block has a partner (or none at all, where neither side has blocks
 * that are known): then one is not trained from the other.
 */
export function pairMatrices(subject: Checkpoint, reference: Checkpoint): Pairing {
  const partners = partnersOf(subject.matrices, reference.matrices);
  const pairs: MatrixPair[] = [];
  const unpaired: { name: string; reason: string }[] = [];
  for (const matrix of subject.matrices) {
    const partner = partners.get(matrix.name);
    if (!partner) unpaired.push({ name: matrix.name, reason: 'Only in the checkpoint, not in the base.' });
    else if (partner.rows !== matrix.rows || partner.cols !== matrix.cols)
      unpaired.push({ name: matrix.name, reason: `Shape ${shape(matrix)}, in the base ${shape(partner)}.` });
    else pairs.push({ matrix, partner });
  }
  const met = new Set([...partners.values()].map(({ name }) => name));
  for (const { name } of reference.matrices)
    if (!met.has(name)) unpaired.push({ name, reason: 'Only in the base, not in the checkpoint.' });
  const blocks = subject.matrices.some(({ pooled }) => pooled) && reference.matrices.some(({ pooled }) => pooled);
  if (!pairs.some(({ matrix }) => matrix.pooled || !blocks)) throw mismatch(subject, reference, unpaired);
  return { pairs, unpaired };
}

/** Subject name -> partner: equal names first, then equal core names where both sides have exactly one. */
function partnersOf(subject: readonly MatrixInfo[], reference: readonly MatrixInfo[]): Map<string, MatrixInfo> {
  const byName = new Map(reference.map((matrix) => [matrix.name, matrix]));
  const partners = new Map<string, MatrixInfo>();
  for (const { name } of subject) {
    const same = byName.get(name);
    if (same) partners.set(name, same);
  }
  const byCore = Map.groupBy(
    reference.filter(({ name }) => !partners.has(name)),
    ({ name }) => coreName(name),
  );
  const open = Map.groupBy(
    subject.filter(({ name }) => !partners.has(name)),
    ({ name }) => coreName(name),
  );
  for (const [core, [matrix, ...rivals]] of open) {
    const candidates = byCore.get(core) ?? [];
    const [only] = candidates;
    if (matrix && only && rivals.length === 0 && candidates.length === 1) partners.set(matrix.name, only);
  }
  return partners;
}

/** `model.language_model.layers.0.mlp.up_proj.weight` is `layers.0.mlp.up_proj.weight`. */
function coreName(name: string): string {
  return name.replace(/^((_orig_mod|module|base_model|model|language_model|transformer|text_model|backbone)\.)+/, '');
}

function mismatch(subject: Checkpoint, reference: Checkpoint, unpaired: Pairing['unpaired']): SkiagramError {
  const first = unpaired.slice(0, 3).map(({ name, reason }) => `${name}: ${reason}`);
  return new SkiagramError({
    code: 'base-mismatch',
    message: `${described(subject)} and its base ${described(reference)} have no weight matrix of a block in common. ${first.join(' ')}`,
    hint: 'Name the checkpoint that training started from as base; it must have the same architecture and sizes.',
  });
}

function described({ path, architecture, matrices }: Checkpoint): string {
  return `${path} (${architecture ?? 'architecture not stated'}, ${matrices.length} matrices)`;
}

function shape({ rows, cols }: MatrixInfo): string {
  return `${rows}×${cols}`;
}
