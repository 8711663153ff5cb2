import { failed, ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero } from './spectrum-sums.ts';

/** Hill's estimate over the upper half of the spectrum. */
export const alphaHillHalf: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha_hill_half',
    title: 'α over the upper half',
    description:
      'The exponent with the median eigenvalue as cut-off: nothing is searched, so it neither jumps with xmin nor follows the tail. Small noise moves it little.',
    formula: 'α = 1 + m/Σ ln(λ_j/xmin) over the m eigenvalues ≥ xmin, xmin = median λ',
    unit: '',
    direction: 'range',
    source: 'Hill 1975; METHOD § 1.2 (alpha.hill_half)',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, () => {
      const xmin = median(eigenvalues);
      if (xmin <= 0) return failed('median-zero', 'At least half of the eigenvalues are zero.');
      const tail = eigenvalues.subarray(eigenvalues.findIndex((value) => value >= xmin));
      const sum = tail.reduce((total, value) => total + Math.log(value / xmin), 0);
      if (sum === 0) return failed('alpha-infinite', `All ${tail.length} eigenvalues of the tail are equal.`);
      return ok(1 + tail.length / sum, { n: tail.length });
    }),
};

function median(ascending: Float64Array): number {
  const middle = ascending.length / 2;
  return ((ascending[Math.ceil(middle) - 1] as number) + (ascending[Math.floor(middle)] as number)) / 2;
}
