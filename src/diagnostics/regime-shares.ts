import { numberOf, ok, skipped } from '../base/measured.ts';
import { wilson } from '../base/wilson.ts';
import type { ModelDiagnostic, PooledMatrix } from './diagnostic.ts';
import { kindRuns } from './kind-runs.ts';
import { modificationRegime, type Regime } from './modification-regime.ts';

/** Share of matrices in one regime, in %, with a Wilson interval and in the note the layers of each module
 * kind ("v 2–20, o 3"); the five shares add up to 100. */
export function regimeShare(regime: Regime): ModelDiagnostic {
  return {
    scope: 'pair-model',
    meta: {
      id: `share_${regime}`,
      title: `Share of matrices: ${regime}`,
      description: descriptions[regime],
      formula: `100 · #{regime = ${regime}}/#{matrices compared}`,
      unit: '%',
      direction: 'none',
      source: 'Benchmark Shadows § 5.2 for the words; METHOD § 3.1 for the limits',
      thresholds: [limits[regime]],
    },
    measure: (matrices) => {
      const placed = matrices.flatMap((matrix) => {
        const own = regimeOf(matrix);
        return own === undefined ? [] : [{ ...matrix, own }];
      });
      const n = placed.length;
      if (n === 0) return skipped('no-values', `None of ${matrices.length} pooled matrices could be compared.`);
      const inside = placed.filter(({ own }) => own === regime);
      const k = inside.length;
      const { low, high, level, method } = wilson(k, n);
      return ok((100 * k) / n, {
        k,
        n,
        interval: { low: 100 * low, high: 100 * high, level, method },
        ...(k > 0 ? { note: kindRuns(inside) } : {}),
      });
    },
  };
}

/** The label that the matrix carries, which knows the limits of the run; else from m and r* with the method's own. */
function regimeOf({ labels, diagnostics }: PooledMatrix): string | undefined {
  if (labels?.modification_regime !== undefined) return labels.modification_regime;
  const m = numberOf(diagnostics.relative_change);
  const r = numberOf(diagnostics.aligned_correlation) ?? numberOf(diagnostics.weight_correlation);
  return m === undefined || r === undefined ? undefined : modificationRegime(m, r);
}

const descriptions: Readonly<Record<Regime, string>> = {
  identical: 'Weight matrices that did not change beyond rounding to bfloat16.',
  minimal: 'Weight matrices that moved by less than 5 % of their size.',
  conservative: 'Weight matrices that moved as in ordinary fine-tuning; the paper sees about 20 %.',
  moderate: 'Weight matrices that moved by half their size or more and still resemble the base.',
  deep: 'Weight matrices that were rewritten: moved by their own size or more, and no longer resembling the base.',
};

const limits: Readonly<Record<Regime, { name: string; value: string; provenance: string }>> = {
  identical: { name: 'storage_noise', value: 'm < 0.005', provenance: 'ours: rounding to bfloat16 gives 0.0017' },
  minimal: { name: 'regime_conservative', value: '0.005 ≤ m < 0.05', provenance: 'ours' },
  conservative: { name: 'regime_moderate', value: '0.05 ≤ m < 0.5', provenance: 'ours; anchored at 20 % in the paper' },
  moderate: { name: 'regime_deep', value: 'm ≥ 0.5, and m < 1 or r* ≥ 0.5', provenance: 'ours' },
  deep: {
    name: 'deep_correlation',
    value: 'm ≥ 1 and r* < 0.5',
    provenance: 'ours; anchored at 140–150 % and r ≈ 0 in the paper',
  },
};
