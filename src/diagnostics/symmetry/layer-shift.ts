import { numberOf } from '../../base/measured.ts';
import { blockIndex } from '../../checkpoint/role-rules.ts';
import { pearson } from '../weight-correlation.ts';
import type { Check } from './layer.ts';

/** How far a layer may have moved. */
const reach = 3;

/** Correlation with the same matrix up to three layers above or below: layers inserted, dropped or counted otherwise. */
export const layerShift: Check = async ({ matrix, partner }, { subject, reference, engine, signal }) => {
  const own = subject.tensors.get(matrix.name);
  if (!own || partner.depth === null) return undefined;
  let best: { correlation: number; how: string } | undefined;
  for (let shift = -reach; shift <= reach; shift++) {
    const depth = partner.depth + shift;
    const other = shift === 0 || depth < 0 ? undefined : reference.tensors.get(atDepth(partner.name, depth));
    if (!other || other.shape.join('×') !== own.shape.join('×')) continue;
    signal?.throwIfAborted();
    const correlation = numberOf(pearson(await engine.moments(other, own))) ?? 0;
    if (best === undefined || correlation > best.correlation) best = { correlation, how: `layer ${depth} of the base` };
  }
  return best;
};

function atDepth(name: string, depth: number): string {
  return name.replace(blockIndex, (block) => block.replace(/\d+/, String(depth)));
}
