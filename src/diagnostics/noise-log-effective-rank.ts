import { mean } from 'simple-statistics';
import { ok, skipped } from '../base/measured.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { singularEntropy } from './spectrum-sums.ts';

/** What random noise of the size of the change does to the effective rank. */
export const noiseLogEffectiveRank: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'noise_log_effective_rank',
    title: 'Change of effective rank under noise',
    description:
      'The null that the change of effective rank is read against: how far Gaussian noise of the same size moves it. Noise of 0.2 of the norm already moves it by a per cent.',
    formula: 'b = mean over draws of ln erank(W₀ + E) − ln erank(W₀), ‖E‖ = ‖W − W₀‖',
    unit: 'nats',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [],
  },
  measure: ({ nulls, reference }) => {
    if (nulls.length === 0) return skipped('no-null', 'The magnitude-matched null was not computed for this matrix.');
    const before = singularEntropy(reference.eigenvalues);
    return ok(mean(nulls.map((eigenvalues) => singularEntropy(eigenvalues) - before)), { n: nulls.length });
  },
};
