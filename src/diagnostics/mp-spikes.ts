import { ok, skipped } from '../base/measured.ts';
import type { MatrixDiagnostic } from './diagnostic.ts';
import { bulkEdge } from './marchenko-pastur.ts';
import { nonZero } from './spectrum-sums.ts';

/** Eigenvalues above the bulk of a random matrix. */
export const mpSpikes: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'mp_spikes',
    title: 'Eigenvalues above the random bulk',
    description:
      'How many directions stand out from what independent entries would give. The variance is read from the median eigenvalue, which spikes hardly move as long as they are fewer than about a quarter. A matrix of pure noise shows one in about one of six cases, because its largest eigenvalue scatters around the edge.',
    formula: '#{λ_i > σ²(√N + √M)²}, σ² = median λ/(N μ), μ the median of the Marchenko–Pastur law of ratio M/N',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (feature_number.mp_spikes); Gavish & Donoho 2014 for the variance',
    thresholds: [],
  },
  measure: ({ eigenvalues, rows, cols }) =>
    nonZero(eigenvalues, () => {
      const edge = bulkEdge(eigenvalues, rows, cols);
      if (edge <= 0)
        return skipped('no-bulk', 'More than half of the eigenvalues are zero, so there is no random bulk.');
      return ok(eigenvalues.filter((value) => value > edge).length, {
        n: eigenvalues.length,
        note: `edge ${edge.toPrecision(4)}`,
      });
    }),
};
