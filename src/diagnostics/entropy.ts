import { ok, skipped } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { rankOf } from './matrix-rank.ts';
import { nonZero, sum } from './spectrum-sums.ts';

/** Evenness of the spectrum. */
export const entropy: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'entropy',
    title: 'Matrix entropy',
    description:
      'How evenly the squared norm is spread over the directions in use: 1 where all eigenvalues are equal, near 0 where one holds nearly everything. WeightWatcher adds 1e-10 to each share, which moves the value by less than a millionth up to some thousand eigenvalues and makes it meaningless at rank 1, where this is not computed.',
    formula: '−Σ p_i ln p_i/ln(matrix_rank), p_i = λ_i/Σλ',
    unit: '',
    direction: 'none',
    source: 'WeightWatcher 0.7.7 (entropy); Martin & Mahoney 2021',
    thresholds: [],
  },
  measure: ({ rows, cols, eigenvalues }) =>
    nonZero(eigenvalues, () => {
      const rank = rankOf(eigenvalues, Math.max(rows, cols));
      if (rank < 2)
        return skipped('rank-one', 'A matrix of rank 1 has a single direction, so there is nothing to spread.');
      const total = sum(eigenvalues);
      const bits = eigenvalues.reduce((sofar, value) => {
        const share = value / total;
        return share > 0 ? sofar - share * Math.log(share) : sofar;
      }, 0);
      return ok(bits / Math.log(rank), { n: rank });
    }),
};
