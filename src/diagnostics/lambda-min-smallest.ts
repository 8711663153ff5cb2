import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero } from './spectrum-sums.ts';

/** Smallest eigenvalue. */
export const lambdaMinSmallest: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'lambda_min_smallest',
    title: 'Smallest eigenvalue',
    description:
      'The smallest squared singular value, under its own name because the λ_min of the paper is the start of the fitted tail. Eigenvalues of a Gram matrix lose relative accuracy below λ_max·10⁻¹³, where they are noise around zero.',
    formula: 'min λ_i',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (lambda_min.smallest)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) => nonZero(eigenvalues, () => ok(eigenvalues[0] ?? 0, { n: eigenvalues.length })),
};
