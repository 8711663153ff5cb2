import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero, sum } from './spectrum-sums.ts';

/** Participation ratio of the eigenvalues. */
export const participationRatio: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'participation_ratio',
    title: 'Participation ratio',
    description:
      'How many directions carry the energy when each counts by its share of it; falls faster than the effective rank when a few directions dominate.',
    formula: '(Σ λ_i)²/Σ λ_i²',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (feature_number.participation)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, (largest) => {
      // Divided by the largest first, so that squares neither overflow nor vanish.
      const shares = eigenvalues.map((value) => value / largest);
      return ok(sum(shares) ** 2 / sum(shares.map((share) => share * share)), { n: eigenvalues.length });
    }),
};
