import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import type { CachedEngine } from './cached-engine.ts';
import type { ExtendedPair } from './diagnostic.ts';
import { leadingRank } from './spectrum-sums.ts';

/**
 * The costly facts of a pair: spectrum of the difference, overlap of the leading spaces, median change of an entry.
 * `referenceEigenvalues` (ascending) say how many directions hold 90 % of the energy.
 */
export async function extendedPair(
  engine: Pick<CachedEngine, 'difference' | 'overlap' | 'medianChange'>,
  reference: TensorLocation,
  subject: TensorLocation,
  referenceEigenvalues: Float64Array,
): Promise<ExtendedPair> {
  const short = referenceEigenvalues.length;
  const rank16 = Math.min(16, short);
  const rank90 = leadingRank(referenceEigenvalues, 0.9);
  const difference = await engine.difference(reference, subject);
  const [at16 = 0, at90 = 0] = await engine.overlap(reference, subject, [Math.max(1, rank16), Math.max(1, rank90)]);
  return {
    difference,
    overlap: { at16: { rank: rank16, value: at16 }, at90: { rank: rank90, value: at90 } },
    medianChange: await engine.medianChange(reference, subject),
  };
}
