import { type Measured, skipped } from '../base/measured.ts';
import type { ExtendedPair, PairInput } from './diagnostic.ts';

/** Measures with the extended facts of a pair, or says that nobody asked for them. */
export function onRequest({ extended }: PairInput, measure: (extended: ExtendedPair) => Measured): Measured {
  return extended
    ? measure(extended)
    : skipped('not-requested', 'Computed on request only (--extended): it costs another decomposition of the matrix.');
}
