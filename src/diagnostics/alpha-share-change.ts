import { exactMcNemar } from '../base/mcnemar.ts';
import { ok, skipped } from '../base/measured.ts';
import type { ModelDiagnostic } from './diagnostic.ts';
import { valuesOf } from './over-matrices.ts';

/** Change of the share of α in [2, 6], matrix by matrix. */
export const alphaShareChange: ModelDiagnostic = {
  scope: 'pair-model',
  meta: {
    id: 'alpha_share_change',
    title: 'Change of the share of α in [2, 6]',
    description:
      'Matrices that entered the range less those that left it. The note gives the exact McNemar p: shares of a few hundred matrices move by a few points without meaning.',
    formula: '100 · (entered − left)/n, over matrices fitted on both sides',
    unit: '%',
    direction: 'higher',
    source: 'METHOD §§ 1.4, 3.1; McNemar 1947, exact form',
    thresholds: [],
  },
  measure: (matrices) => {
    const changes = valuesOf(matrices, 'alpha_range_change');
    if (changes.length === 0) return skipped('no-fits', 'No matrix has a fitted α on both sides.');
    const entered = changes.filter((change) => change > 0).length;
    const left = changes.filter((change) => change < 0).length;
    return ok((100 * (entered - left)) / changes.length, {
      n: changes.length,
      note: `${entered} entered, ${left} left; exact McNemar p ${exactMcNemar(entered, left).toPrecision(2)}`,
    });
  },
};
