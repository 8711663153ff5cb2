import { type Measured, ok } from '../base/measured.ts';
import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic, MatrixInput } from './diagnostic.ts';

/** Length of the fitted tail. Here n is the number of eigenvalues of the matrix, so that value/n is the tail's share. */
export const numPlSpikes: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'num_pl_spikes',
    title: 'Eigenvalues in the tail',
    description:
      'How many eigenvalues the power law was fitted to; the effective feature number of the paper. Few mean an uncertain exponent; it moves with xmin and is no evidence beside it.',
    formula: '#{λ ≥ xmin}',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (num_pl_spikes); Benchmark Shadows, Figure 12',
    thresholds: [{ name: 'poor_fit', value: 'fewer than 10', provenance: 'ours, METHOD § 8.4' }],
  },
  measure: (input: MatrixInput): Measured => {
    const measured = ofFit(input, (fit) => fit.num_pl_spikes);
    return measured.status === 'ok' ? ok(measured.value, { n: input.eigenvalues.length }) : measured;
  },
};
