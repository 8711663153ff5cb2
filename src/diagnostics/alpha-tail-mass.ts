import { defaultConstants } from '../base/constants.ts';
import { alphaRangeShare } from './alpha-range-share.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

const { alpha_high: high, tail_high: tailHigh } = defaultConstants;

/** Share of matrices with 6 < α ≤ 10. */
export const alphaTailMass: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_tail_mass',
    title: 'Share of α in (6, 10]',
    description: 'Share of weight matrices with light tails; the tail mass of the paper.',
    formula: '100 · #{6 < α ≤ 10}/#{matrices with a fitted α}',
    unit: '%',
    direction: 'lower',
    source: 'Benchmark Shadows § 4.2.1',
    thresholds: [
      { name: 'alpha_high', value: '6', provenance: 'paper' },
      { name: 'tail_high', value: '10', provenance: 'paper' },
    ],
  },
  measure: (matrices) => alphaRangeShare(matrices, (alpha) => alpha > high && alpha <= tailHigh),
};
