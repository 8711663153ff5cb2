import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero } from './spectrum-sums.ts';

/** Logarithm of the largest eigenvalue. */
export const logSpectralNorm: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'log_spectral_norm',
    title: 'Log spectral norm',
    description:
      'Size of the strongest direction on a logarithmic scale. WeightWatcher takes the squared spectral norm, λ_max; the spectral norm itself has half of this value.',
    formula: 'log10 λ_max',
    unit: 'log10',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (log_spectral_norm)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) => nonZero(eigenvalues, (largest) => ok(Math.log10(largest), { n: eigenvalues.length })),
};
