import { type Measured, ok, skipped } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import { type AlphaShift, alphaShifts } from './alpha-shifts.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';
import { kindRuns } from './kind-runs.ts';

/** Share of matrices whose exponent moved beyond its error. */
export const alphaMovedShare: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'alpha_moved_share',
    title: 'Share of matrices whose α moved',
    description:
      'How many exponents changed by more than their error, at a false-discovery rate of 5 % over all matrices, and which way; the note says where. None means none beyond the error, not that none moved.',
    formula: '100 · #{BH q of z_l ≤ 0.05}/#{matrices with z_l}',
    unit: '%',
    direction: 'none',
    source: 'METHOD § 3.1; Benjamini & Hochberg 1995',
    thresholds: [{ name: 'bh_q', value: '0.05', provenance: 'ours' }],
  },
  measure: (matrices) => share(alphaShifts(matrices), () => true),
  parts: (matrices) => {
    const shifts = alphaShifts(matrices);
    if (shifts.length === 0) return {};
    return {
      heavier: share(shifts, ({ direction }) => direction === 'heavier'),
      lighter: share(shifts, ({ direction }) => direction === 'lighter'),
    };
  },
};

function share(
  shifts: readonly AlphaShift<PooledMatrix>[],
  counts: (shift: AlphaShift<PooledMatrix>) => boolean,
): Measured {
  const n = shifts.length;
  if (n === 0) return skipped('no-fits', 'No matrix has a fitted α on both sides.');
  const moved = shifts.filter((shift) => shift.significant && counts(shift)).map(({ matrix }) => matrix);
  const k = moved.length;
  const { low, high, level, method } = wilson(k, n);
  return ok((100 * k) / n, {
    k,
    n,
    interval: { low: 100 * low, high: 100 * high, level, method },
    ...(k > 0 ? { note: kindRuns(moved) } : {}),
  });
}
