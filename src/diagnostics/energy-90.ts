import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { leadingRank, nonZero } from './spectrum-sums.ts';

/** Leading directions that hold 90 % of the energy. */
export const energy90: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'energy_90',
    title: 'Directions of 90 % energy',
    description: 'How many leading directions hold 90 % of the squared Frobenius norm.',
    formula: 'min k with Σ_{i ≤ k} λ_i ≥ 0.9 Σ λ, λ descending',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (feature_number.energy90)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, () => ok(leadingRank(eigenvalues, 0.9), { n: eigenvalues.length })),
};
