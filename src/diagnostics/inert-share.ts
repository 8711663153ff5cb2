import { defaultConstants } from '../base/constants.ts';
import { numberOf, ok, skipped } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import type { ModelDiagnostic } from './diagnostic.ts';
import { kindRuns } from './kind-runs.ts';

const { regime_conservative: moved, G_inert: inert } = defaultConstants;

/** Share of the moved matrices whose geometry did not move with them. */
export const inertShare: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'inert_share',
    title: 'Spectrally inert share',
    description:
      'Of the matrices that moved by 5 % or more, how many kept their spread over directions within what random noise of the same size does to it: parameters changed in magnitude, geometry did not. The note lists the others.',
    formula: '100 · #{m ≥ 0.05 and G ≤ 0.2}/#{m ≥ 0.05 with a geometry score}',
    unit: '%',
    direction: 'none',
    source: 'Benchmark Shadows §§ 5.2, 7.2 (spectral inertness); METHOD §§ 1.1, 3.1',
    thresholds: [
      { name: 'regime_conservative', value: 'm ≥ 0.05', provenance: 'ours' },
      { name: 'G_inert', value: 'G ≤ 0.20', provenance: 'ours' },
    ],
  },
  measure: (matrices) => {
    const scored = matrices.filter(
      ({ diagnostics }) =>
        (numberOf(diagnostics.relative_change) ?? 0) >= moved && numberOf(diagnostics.geometry_score) !== undefined,
    );
    const n = scored.length;
    if (n === 0)
      return skipped('unmoved', `No pooled matrix moved by ${100 * moved} % or more and has a geometry score.`);
    const active = scored.filter(({ diagnostics }) => (numberOf(diagnostics.geometry_score) ?? 0) > inert);
    const k = n - active.length;
    const { low, high, level, method } = wilson(k, n);
    return ok((100 * k) / n, {
      k,
      n,
      interval: { low: 100 * low, high: 100 * high, level, method },
      ...(active.length > 0 ? { note: `geometry moved in ${kindRuns(active)}` } : {}),
    });
  },
};
