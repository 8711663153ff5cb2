import { ok } from '../base/measured.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';
import { weightCorrelation } from './weight-correlation.ts';

/** Correlation after undoing changes of coordinates. */
export const alignedCorrelation: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'aligned_correlation',
    title: 'Aligned correlation r*',
    description:
      'The largest correlation with the reference over changes of coordinates that leave the function as it is: rotations and permutations of heads, permuted and rescaled neurons, folded norm gains, and a shift by up to three layers. It is looked for where r is below one half; a high r* says that the matrix was re-coordinatised, not rewritten.',
    formula: 'r* = max(r, best aligned r)',
    unit: '',
    direction: 'none',
    source: 'METHOD §§ 3.1, 3.2',
    thresholds: [{ name: 'recoordinatised', value: 'r* ≥ 0.9 with r < 0.5', provenance: 'ours' }],
  },
  measure: (input) => {
    const raw = weightCorrelation.measure(input);
    if (raw.status !== 'ok' || !input.aligned) return raw;
    const { correlation, how } = input.aligned;
    return correlation !== undefined && correlation > raw.value
      ? ok(correlation, { n: input.moments.n, note: how })
      : { ...raw, note: how };
  },
};
