import { bestAssignment } from './assignment.ts';
import { type Dense, directions, rowProduct } from './dense.ts';
import type { HeadLayout } from './head-layout.ts';

/** The two factors of the per-head products P_h = out_hᵀ · in_g: rows of `out` are query heads, rows of `in` key–value heads. */
export interface HeadFactors {
  /** heads·size × d: W_oᵀ for values, W_q for queries. */
  readonly out: Dense;
  /** kvHeads·size × d: W_v, or W_k. */
  readonly in: Dense;
}

/**
 * Correlation of the per-head products W_o,h W_v,h (or W_q,hᵀ W_k,h) of two models after matching heads, off their
 * diagonals: 1 where heads were rotated, rescaled or permuted, whatever the weights themselves look like (METHOD § 3.2).
 *
 * Heads are matched on the products applied to 16 random directions (key–value groups first, the query heads inside each
 * group then), the correlation is exact unless that match is hopeless: ⟨P, P'⟩ = Σ (out·out'ᵀ) ∘ (in·in'ᵀ) over size × size, without any d × d product.
 * Cost about 4·heads·size²·d multiply–adds. `match` gives the reference head of each subject head.
 */
export function headProductCorrelation(
  subject: HeadFactors,
  reference: HeadFactors,
  layout: HeadLayout,
): { readonly correlation: number; readonly match: readonly number[] } {
  const { match, similarity } = matchHeads(subject, reference, layout);
  if (similarity < hopeless) return { correlation: similarity, match };
  const shared = layout.heads / layout.kvHeads;
  let [cross, own, other] = [0, 0, 0];
  const [subjectDiagonals, referenceDiagonals] = [diagonals(subject, layout), diagonals(reference, layout)];
  match.forEach((to, head) => {
    const [group, toGroup] = [Math.floor(head / shared), Math.floor(to / shared)];
    const [mine, theirs] = [subjectDiagonals[head] as Float64Array, referenceDiagonals[to] as Float64Array];
    cross += product(subject, head, group, reference, to, toGroup, layout) - inner(mine, theirs);
    own += product(subject, head, group, subject, head, group, layout) - inner(mine, mine);
    other += product(reference, to, toGroup, reference, to, toGroup, layout) - inner(theirs, theirs);
  });
  return { correlation: own > 0 && other > 0 ? cross / Math.sqrt(own * other) : 0, match };
}

/** Mean similarity of matched sketches below which the exact correlation, within 0.1 of it, cannot reach one half. */
const hopeless = 0.25;

/** Reference head of each subject head with the largest summed similarity, groups kept together, and its mean. */
function matchHeads(
  subject: HeadFactors,
  reference: HeadFactors,
  layout: HeadLayout,
): { match: number[]; similarity: number } {
  const [mine, theirs] = [sketches(subject, layout), sketches(reference, layout)];
  const similarity = (head: number, to: number): number =>
    inner(mine[head] as Float64Array, theirs[to] as Float64Array);
  const match = matchGroups(layout, similarity);
  const total = match.reduce((sum, to, head) => sum + similarity(head, to), 0);
  return { match, similarity: total / layout.heads };
}

/** The one-to-one match of heads with the largest summed `similarity`, where groups of heads move together. */
export function matchGroups(
  { heads, kvHeads }: HeadLayout,
  similarity: (head: number, to: number) => number,
): number[] {
  const shared = heads / kvHeads;
  const within: number[][] = [];
  const scores = new Float64Array(kvHeads * kvHeads);
  for (let group = 0; group < kvHeads; group++)
    for (let to = 0; to < kvHeads; to++) {
      const block = Float64Array.from({ length: shared * shared }, (_, at) =>
        similarity(group * shared + Math.floor(at / shared), to * shared + (at % shared)),
      );
      const own = bestAssignment(block, shared);
      within.push(own);
      scores[group * kvHeads + to] = own.reduce(
        (sum, column, row) => sum + (block[row * shared + column] as number),
        0,
      );
    }
  const groups = bestAssignment(scores, kvHeads);
  return groups.flatMap((to, group) => (within[group * kvHeads + to] ?? []).map((column) => to * shared + column));
}

/** Each head's product applied to random directions, as a unit vector. */
function sketches({ out, in: values }: HeadFactors, { heads, kvHeads, size }: HeadLayout): Float64Array[] {
  const random = directions(values.cols, sketchSize);
  const shared = heads / kvHeads;
  return Array.from({ length: heads }, (_, head) => {
    const group = Math.floor(head / shared);
    const sketch = new Float64Array(out.cols * sketchSize);
    for (let row = 0; row < size; row++) {
      const at = (head * size + row) * out.cols;
      for (let s = 0; s < sketchSize; s++) {
        const weight = rowProduct(values, group * size + row, random, s);
        for (let k = 0; k < out.cols; k++)
          sketch[s * out.cols + k] = (sketch[s * out.cols + k] as number) + weight * (out.entries[at + k] as number);
      }
    }
    const norm = Math.sqrt(inner(sketch, sketch));
    return norm > 0 ? sketch.map((value) => value / norm) : sketch;
  });
}

/** Enough that chance similarity of unlike heads stays near 0.1 and that of like heads near 1. */
const sketchSize = 16;

/** ⟨P_h, P'_h'⟩ over size × size. */
function product(
  a: HeadFactors,
  head: number,
  group: number,
  b: HeadFactors,
  to: number,
  toGroup: number,
  { size }: HeadLayout,
): number {
  let sum = 0;
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      sum +=
        rowProduct(a.out, head * size + i, b.out, to * size + j) *
        rowProduct(a.in, group * size + i, b.in, toGroup * size + j);
  return sum;
}

/** Diagonal of each head's product; empty where the product is not square. */
function diagonals({ out, in: values }: HeadFactors, { heads, kvHeads, size }: HeadLayout): Float64Array[] {
  const shared = heads / kvHeads;
  return Array.from({ length: heads }, (_, head) => {
    const diagonal = new Float64Array(out.cols === values.cols ? out.cols : 0);
    for (let row = 0; row < size; row++) {
      const [o, i] = [(head * size + row) * out.cols, (Math.floor(head / shared) * size + row) * values.cols];
      for (let k = 0; k < diagonal.length; k++)
        diagonal[k] = (diagonal[k] as number) + (out.entries[o + k] as number) * (values.entries[i + k] as number);
    }
    return diagonal;
  });
}

function inner(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}
