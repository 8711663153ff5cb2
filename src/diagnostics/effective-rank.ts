import { ok } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { nonZero, singularEntropy } from './spectrum-sums.ts';

/** Effective rank of Roy and Vetterli. */
export const effectiveRank: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'effective_rank',
    title: 'Effective rank',
    description:
      'Over how many directions the matrix spreads its information: 1 for a single direction, the short side for equal singular values.',
    formula: 'exp(−Σ p_i ln p_i), p_i = s_i/Σ s',
    unit: '',
    direction: 'none',
    source: 'Roy & Vetterli 2007; Benchmark Shadows § 5.2',
    thresholds: [],
  },
  measure: ({ eigenvalues }) =>
    nonZero(eigenvalues, () => ok(Math.exp(singularEntropy(eigenvalues)), { n: eigenvalues.length })),
};
