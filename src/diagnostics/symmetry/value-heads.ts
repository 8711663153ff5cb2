import type { MatrixPair } from '../pair-matrices.ts';
import { transposed } from './dense.ts';
import { type HeadLayout, headLayout } from './head-layout.ts';
import { headProductCorrelation } from './head-products.ts';
import { type Check, companion, type Layer, loadable, loadPair, once } from './layer.ts';

/** v and o: correlation of the per-head products W_o,h W_v,h, heads matched; both have the same. */
export const valueHeads: Check = async (pair, layer) => {
  if (pair.matrix.role !== 'v' && pair.matrix.role !== 'o') return undefined;
  const [v, o] = [companion(pair, 'v', layer), companion(pair, 'o', layer)];
  if (!v || !o || !loadable(v, o)) return undefined;
  const layout = commonLayout(pair, layer);
  if (!layout || v.matrix.rows !== layout.kvHeads * layout.size || o.matrix.cols !== layout.heads * layout.size)
    return undefined;
  return once(layer, `vo ${v.matrix.name}`, async () => {
    const [values, outputs] = [await loadPair(v, layer), await loadPair(o, layer)];
    const { correlation, match } = headProductCorrelation(
      { out: transposed(outputs.subject), in: values.subject },
      { out: transposed(outputs.reference), in: values.reference },
      layout,
    );
    const moved = match.filter((to, head) => to !== head).length;
    return {
      correlation,
      how: `products of ${layout.heads} heads${moved > 0 ? `, ${moved} of them permuted` : ''}`,
    };
  });
};

/** The head layout of both models, undefined where it is unknown or differs. */
export function commonLayout({ matrix, partner }: MatrixPair, layer: Layer): HeadLayout | undefined {
  const own = headLayout(layer.subject.config, matrix.group);
  const other = headLayout(layer.reference.config, partner.group);
  return own && other && own.heads === other.heads && own.kvHeads === other.kvHeads && own.size === other.size
    ? own
    : undefined;
}
