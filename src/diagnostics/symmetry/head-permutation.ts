import { type Dense, matchedCorrelation, rowNorm, rowProduct } from './dense.ts';
import type { HeadLayout } from './head-layout.ts';
import { matchGroups } from './head-products.ts';

/**
 * Correlations of W_q and W_k after the best permutation of heads (key–value groups with their query heads): what is
 * left of the symmetry where rotary positions or query norms fix the coordinates inside a head.
 */
export function headPermutationCorrelation(
  subject: { readonly q: Dense; readonly k: Dense },
  reference: { readonly q: Dense; readonly k: Dense },
  layout: HeadLayout,
): { readonly q: number; readonly k: number; readonly match: readonly number[] } {
  const shared = layout.heads / layout.kvHeads;
  const keys = Array.from({ length: layout.kvHeads }, (_, group) =>
    Array.from({ length: layout.kvHeads }, (_, to) => blockCosine(subject.k, group, reference.k, to, layout.size)),
  );
  const match = matchGroups(
    layout,
    (head, to) =>
      blockCosine(subject.q, head, reference.q, to, layout.size) +
      (keys[Math.floor(head / shared)]?.[Math.floor(to / shared)] ?? 0) / shared,
  );
  const groups = Array.from({ length: layout.kvHeads }, (_, group) =>
    Math.floor((match[group * shared] ?? 0) / shared),
  );
  return {
    q: matchedCorrelation(subject.q, reference.q, rowsOf(match, layout.size)),
    k: matchedCorrelation(subject.k, reference.k, rowsOf(groups, layout.size)),
    match,
  };
}

/** Heads -> rows: head 2 of size 3 is rows 6, 7, 8. */
function rowsOf(heads: readonly number[], size: number): number[] {
  return heads.flatMap((head) => Array.from({ length: size }, (_, row) => head * size + row));
}

function blockCosine(a: Dense, block: number, b: Dense, to: number, size: number): number {
  let [cross, own, other] = [0, 0, 0];
  for (let row = 0; row < size; row++) {
    const [i, j] = [block * size + row, to * size + row];
    cross += rowProduct(a, i, b, j);
    own += rowNorm(a, i) ** 2;
    other += rowNorm(b, j) ** 2;
  }
  return own > 0 && other > 0 ? cross / Math.sqrt(own * other) : 0;
}
