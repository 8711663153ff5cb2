import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** α weighted by the size of the matrix. */
export const alphaWeighted: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha_weighted',
    title: 'Weighted exponent α̂',
    description:
      'The exponent times the logarithm of the squared spectral norm, for comparison with published WeightWatcher tables. Not scale-free.',
    formula: 'α · log10 λ_max',
    unit: 'log10',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7 (alpha_weighted); Martin & Mahoney 2021',
    thresholds: [],
  },
  measure: (input) => ofFit(input, (fit) => fit.alpha * Math.log10(input.eigenvalues.at(-1) ?? 0)),
};
