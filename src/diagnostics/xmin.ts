import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** Where the fitted tail begins. */
export const xmin: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'xmin',
    title: 'Start of the tail λ_min (xmin)',
    description:
      'Eigenvalue at which the fitted tail begins; the λ_min of the paper. It scales with the square of the norm and jumps between near-equal fits, so read it with the tail count and the norm.',
    formula: 'xmin = argmin over all eigenvalues of D',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7; Benchmark Shadows, Figure 7',
    thresholds: [],
  },
  measure: (input) => ofFit(input, (fit) => fit.xmin),
};
