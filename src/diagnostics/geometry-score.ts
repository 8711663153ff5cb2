import { defaultConstants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { deltaLogEffectiveRank } from './delta-log-effective-rank.ts';
import type { PairDiagnostic, PairInput } from './diagnostic.ts';
import { singularEntropy } from './spectrum-sums.ts';

/** Movement of the effective rank beyond that of random noise of the same size. */
export const geometryScore: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'geometry_score',
    title: 'Geometry score G_l',
    description:
      'Whether the change altered how information is spread over directions more than random noise of the same size does: 0 no more, 1 clearly more. Near zero with moved weights is spectral inertness.',
    formula: 'G_l = min(1, max(0, |Δ| − b)/0.05), b = mean |Δ| of W₀ + E, E Gaussian with ‖E‖ = ‖W − W₀‖',
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

function beyondNull(input: PairInput): Measured {
  const delta = deltaLogEffectiveRank.measure(input);
  if (delta.status !== 'ok') return delta;
  const moved = Math.abs(delta.value);
  if (input.nulls.length === 0) {
    if (moved > negligibleChange)
      return skipped('no-null', 'The magnitude-matched null was not computed, so the geometry score has no zero.');
    return ok(moved / defaultConstants.geometry_scale, {
      n: 0,
      note: 'An upper bound: the effective rank hardly moved, so no null was drawn.',
    });
  }
  const before = singularEntropy(input.reference.eigenvalues);
  const shifts = input.nulls.map((eigenvalues) => Math.abs(singularEntropy(eigenvalues) - before));
  const expected = shifts.reduce((total, shift) => total + shift, 0) / shifts.length;
  return ok(Math.min(1, Math.max(0, moved - expected) / defaultConstants.geometry_scale), {
    n: shifts.length,
    note: `|Δ ln erank| ${moved.toFixed(4)}, of the null ${expected.toFixed(4)}`,
  });
}
