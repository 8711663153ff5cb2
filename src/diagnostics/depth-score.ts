import { ok } from '../base/measured.ts';
import { alignedCorrelation } from './aligned-correlation.ts';
import type { MomentsDiagnostic } from './diagnostic.ts';

/** One minus the aligned correlation, not below 0 nor above 1. */
export const depthScore: MomentsDiagnostic = {
  scope: 'pair',
  needs: 'moments',
  meta: {
    id: 'depth_score',
    title: 'Depth score D_l',
    description:
      'How much of the matrix is new: 0 where it correlates fully with the reference, 1 where it does not at all, coordinates aligned. An unrelated initialisation also scores 1, so confirm the lineage of a high value.',
    formula: 'D_l = 1 − max(0, r*)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [
      { name: 'D_limited', value: '0.10 (mean over layers)', provenance: 'ours' },
      { name: 'D_deep', value: '0.35 (mean over layers)', provenance: 'ours' },
    ],
  },
  measure: (input) => {
    const correlation = alignedCorrelation.measure(input);
    return correlation.status === 'ok' ? ok(1 - Math.max(0, correlation.value), { n: input.moments.n }) : correlation;
  },
};
