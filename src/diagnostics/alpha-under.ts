import { defaultConstants } from '../base/constants.ts';
import { alphaRangeShare } from './alpha-range-share.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

const { alpha_low: low } = defaultConstants;

/** Share of matrices with α < 2. */
export const alphaUnder: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_under',
    title: 'Share of α below 2',
    description: 'Share of weight matrices with very heavy tails, which WeightWatcher calls over-trained.',
    formula: '100 · #{α < 2}/#{matrices with a fitted α}',
    unit: '%',
    direction: 'lower',
    source: 'METHOD § 1.2; WeightWatcher 0.7.7 (warning)',
    thresholds: [{ name: 'alpha_low', value: '2', provenance: 'paper' }],
  },
  measure: (matrices) => alphaRangeShare(matrices, (alpha) => alpha < low),
};
