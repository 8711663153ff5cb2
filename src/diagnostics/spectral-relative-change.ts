import { ok, skipped } from '../base/measured.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { onRequest } from './on-request.ts';

/** Relative change in the spectral norm. */
export const spectralRelativeChange: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'spectral_relative_change',
    title: 'Relative change, spectral norm',
    description:
      'Size of the largest direction of the change against the largest of the reference. An update of few directions is large here and small in the Frobenius norm.',
    formula: '√(λ_max(ΔᵀΔ)/λ_max(W₀ᵀW₀)), Δ = W − W₀',
    unit: '',
    direction: 'none',
    source: 'METHOD § 1.2 (relative_change, spectral-norm version)',
    thresholds: [],
  },
  measure: (input) =>
    onRequest(input, ({ difference }) => {
      const largest = input.reference.eigenvalues.at(-1) ?? 0;
      if (!(largest > 0)) return skipped('zero-reference', 'Every entry of the reference matrix is zero.');
      return ok(Math.sqrt((difference.at(-1) ?? 0) / largest), { n: difference.length });
    }),
};
