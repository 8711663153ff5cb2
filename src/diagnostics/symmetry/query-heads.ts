import { fixedQueryCoordinates } from './head-layout.ts';
import { headPermutationCorrelation } from './head-permutation.ts';
import { headProductCorrelation } from './head-products.ts';
import { type Check, companion, loadable, loadPair, once } from './layer.ts';
import { commonLayout } from './value-heads.ts';

/**
 * q and k: correlation of the per-head products W_q,hᵀ W_k,h where nothing fixes the coordinates inside a head, else
 * (rotary positions, query norms) of the matrices with their heads permuted.
 */
export const queryHeads: Check = async (pair, layer) => {
  const role = pair.matrix.role;
  if (role !== 'q' && role !== 'k') return undefined;
  const [q, k] = [companion(pair, 'q', layer), companion(pair, 'k', layer)];
  if (!q || !k || !loadable(q, k)) return undefined;
  const layout = commonLayout(pair, layer);
  if (!layout || q.matrix.rows !== layout.heads * layout.size || k.matrix.rows !== layout.kvHeads * layout.size)
    return undefined;
  const fixed = fixedQueryCoordinates(layer.subject.config, pair.matrix.group, layer.subject.tensors.keys());
  const {
    product,
    q: queries,
    k: keys,
  } = await once(layer, `qk ${q.matrix.name}`, async () => {
    const [queries, keys] = [await loadPair(q, layer), await loadPair(k, layer)];
    const [subject, reference] = [
      { q: queries.subject, k: keys.subject },
      { q: queries.reference, k: keys.reference },
    ];
    if (fixed !== undefined) return { product: undefined, ...headPermutationCorrelation(subject, reference, layout) };
    const { correlation } = headProductCorrelation(
      { out: subject.q, in: subject.k },
      { out: reference.q, in: reference.k },
      layout,
    );
    return { product: correlation, q: 0, k: 0 };
  });
  if (product !== undefined) return { correlation: product, how: `products of ${layout.heads} heads` };
  return {
    correlation: role === 'q' ? queries : keys,
    how: `heads permuted; rotations inside a head do not apply, ${fixed}`,
  };
};
