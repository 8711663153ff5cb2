import { defaultConstants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { deltaLogEffectiveRank } from './delta-log-effective-rank.ts';
import type { PairDiagnostic, PairInput } from './diagnostic.ts';
import { noiseLogEffectiveRank } from './noise-log-effective-rank.ts';

/** Movement of the effective rank beyond that of random noise of the same size. */
export const geometryScore: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'geometry_score',
    title: 'Geometry score G_l',
    description:
      'Whether the change altered how information is spread over directions more than random noise of the same size does: 0 no more, 1 clearly more. Near zero with moved weights is spectral inertness.',
    formula:
      'G_l = min(1, d/0.05), d = distance of Δ from the span between 0 and b, b = mean Δ of W₀ + E, E Gaussian with ‖E‖ = ‖W − W₀‖',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.1; Benchmark Shadows §§ 5.2, 7.2 for inertness',
    thresholds: [
      { name: 'geometry_scale', value: '0.05 in ln effective rank', provenance: 'ours' },
      { name: 'G_inert', value: '0.20 (mean over layers)', provenance: 'ours' },
      {
        name: 'negligible',
        value: '|Δ| ≤ 0.0005',
        provenance: 'ours: the score is then at most 0.01 whatever the null, so none is drawn',
      },
    ],
  },
  measure: (input) => beyondNull(input),
};

/** |Δ ln erank| up to which the score is at most 0.01 whatever the null would be, so that none has to be drawn. */
export const negligibleChange = defaultConstants.geometry_scale / 100;

/**
 * Noise explains movement in its own direction only. Where Δ and the null's shift b have the same sign, d is |Δ| − |b| (METHOD
 * § 3.1); where noise would raise the effective rank and training lowered it, d is |Δ|. With |Δ| − |b| throughout, a
 * rank-4 update that lowers the effective rank of a steep spectrum by a quarter would score 0.
 */
function beyondNull(input: PairInput): Measured {
  const delta = deltaLogEffectiveRank.measure(input);
  if (delta.status !== 'ok') return delta;
  if (input.nulls.length === 0) {
    const moved = Math.abs(delta.value);
    if (moved > negligibleChange)
      return skipped('no-null', 'The magnitude-matched null was not computed, so the geometry score has no zero.');
    return ok(moved / defaultConstants.geometry_scale, {
      n: 0,
      note: 'An upper bound: the effective rank hardly moved, so no null was drawn.',
    });
  }
  const noise = noiseLogEffectiveRank.measure(input);
  if (noise.status !== 'ok') return noise;
  const shift = noise.value;
  const beyond = Math.max(0, delta.value - Math.max(0, shift), Math.min(0, shift) - delta.value);
  return ok(Math.min(1, beyond / defaultConstants.geometry_scale), {
    n: input.nulls.length,
    note: `Δ ln erank ${delta.value.toFixed(4)}, of noise of the same size ${shift.toFixed(4)}`,
  });
}
