import { matchedCorrelation } from './dense.ts';
import { type Check, loadable, loadPair } from './layer.ts';
import { gainName } from './norm-gain.ts';

/** Correlation of the matrices as they act, the gains of the norm before them multiplied into their columns. */
export const foldedGains: Check = async (pair, layer) => {
  const known =
    gainName(pair.matrix, layer.subject.tensors) !== undefined &&
    gainName(pair.partner, layer.reference.tensors) !== undefined;
  if (!known || !loadable(pair)) return undefined;
  const { subject, reference } = await loadPair(pair, layer);
  return { correlation: matchedCorrelation(subject, reference, identity(subject.rows)), how: 'norm gains folded in' };
};

function identity(rows: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => row);
}
