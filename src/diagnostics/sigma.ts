import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** Nominal error of α at a given xmin. */
export const sigma: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'sigma',
    title: 'Nominal error σ of α',
    description:
      'Large-sample error of α if the tail were a power law and xmin known. Over redraws the real spread is 1 to 1.5 times σ for true power laws and 3 to 5 times for Gaussian matrices, so it is no confidence statement.',
    formula: 'σ = (α − 1)/√m',
    unit: '',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7; METHOD § 8.1 for its coverage',
    thresholds: [],
  },
  measure: (input) => ofFit(input, (fit) => fit.sigma),
};
