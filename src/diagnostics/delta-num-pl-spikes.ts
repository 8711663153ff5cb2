import { changeOf } from './change-of.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { numPlSpikes } from './num-pl-spikes.ts';

/** Change of the number of eigenvalues in the tail. */
export const deltaNumPlSpikes: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_num_pl_spikes',
    title: 'Change of the tail count',
    description:
      'Change of the effective feature number of the paper. Two per cent of noise moved it from 512 to about 370 on a planted tail, so it is no evidence alone.',
    formula: '#{λ ≥ xmin} of W − the same of W₀',
    unit: '',
    direction: 'none',
    source: 'Benchmark Shadows, Figure 12; METHOD § 8.3',
    thresholds: [],
  },
  measure: (input) => changeOf(numPlSpikes, input),
};
