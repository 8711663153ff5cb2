import { failed, type Measured, ok } from '../base/measured.ts';
import { alphaInterval } from './alpha-interval.ts';
import type { MatrixDiagnostic, MatrixInput } from './diagnostic.ts';
import type { PowerLawFit } from './power-law.ts';

/** Exponent of the power law fitted to the spectrum's tail. */
export const alpha: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'alpha',
    title: 'Power-law exponent α',
    description:
      'How heavy the tail of the spectrum is: the smaller, the heavier. It depends on the shape of the matrix even without any learning, so compare it only between matrices of the same shape. The interval is a bootstrap of the eigenvalues above half of xmin; on planted power laws it covered the exponent in 95 to 97 of 100 cases, where ±1.96 σ did in 89 to 93; it does not say whether a power law describes the spectrum.',
    formula: 'α = 1 + m/Σ ln(λ_j/xmin) over the m eigenvalues ≥ xmin; xmin minimises the distance D',
    unit: '',
    direction: 'range',
    source: 'WeightWatcher 0.7.7 (default fit); Clauset, Shalizi & Newman 2009; Benchmark Shadows § 4',
    thresholds: [
      { name: 'alpha_low', value: '2', provenance: 'paper: 2 ≤ α ≤ 6 is the range it counts' },
      { name: 'alpha_high', value: '6', provenance: 'paper' },
      {
        name: 'threshold',
        value: 'λ > 1e-5',
        provenance: 'WeightWatcher, absolute; smaller eigenvalues are not fitted',
      },
    ],
  },
  measure: (input) => {
    const measured = ofFit(input, (fit) => fit.alpha);
    if (measured.status !== 'ok' || 'failed' in input.fit) return measured;
    const interval = alphaInterval(input.eigenvalues, input.fit);
    return interval ? { ...measured, interval } : measured;
  },
};

/** A number of the fit, with the length of the tail as n; why there is none where the fit failed or has no finite α. */
export function ofFit({ fit }: MatrixInput, value: (fit: PowerLawFit) => number): Measured {
  if ('failed' in fit) return failed('fit-failed', fit.failed);
  if (!Number.isFinite(fit.alpha))
    return failed('alpha-infinite', `All ${fit.num_pl_spikes} eigenvalues of the tail are equal.`);
  return ok(value(fit), { n: fit.num_pl_spikes });
}
