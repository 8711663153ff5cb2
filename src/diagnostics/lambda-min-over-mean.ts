import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { sum } from './spectrum-sums.ts';

/** Start of the fitted tail relative to the mean eigenvalue. */
export const lambdaMinOverMean: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'lambda_min_over_mean',
    title: 'Start of the tail over the mean eigenvalue',
    description:
      'The λ_min of the paper freed of the size of the matrix: xmin alone follows the square of the norm, so two matrices that differ in scale only differ in xmin and agree here.',
    formula: 'xmin/(Σ λ_i/M)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.4, item 3',
    thresholds: [],
  },
  measure: (input) => ofFit(input, ({ xmin }) => (xmin * input.eigenvalues.length) / sum(input.eigenvalues)),
};
