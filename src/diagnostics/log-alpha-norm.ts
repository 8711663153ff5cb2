import { ofFit } from './alpha.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';

/** Schatten norm of the fitted exponent. */
export const logAlphaNorm: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'log_alpha_norm',
    title: 'Log α-norm',
    description:
      'Size of the matrix in the norm whose order is its own exponent, on a logarithmic scale. It goes with published WeightWatcher tables; not scale-free.',
    formula: 'log10 Σ λ_i^α',
    unit: 'log10',
    direction: 'lower',
    source: 'WeightWatcher 0.7.7 (log_alpha_norm); Martin & Mahoney 2021',
    thresholds: [],
  },
  measure: (input) => ofFit(input, ({ alpha }) => logPowerSum(input.eigenvalues, alpha)),
};

/** log10 Σ λ^alpha through the largest term, so that no power leaves the range of float64. alpha > 0. */
export function logPowerSum(eigenvalues: Float64Array, alpha: number): number {
  const largest = eigenvalues.at(-1) ?? 0;
  const total = eigenvalues.reduce((sofar, value) => sofar + (value / largest) ** alpha, 0);
  return alpha * Math.log10(largest) + Math.log10(total);
}
