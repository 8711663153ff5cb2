import { defaultConstants } from '../base/constants.ts';
import { alphaRangeShare } from './alpha-range-share.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

const { tail_high: tailHigh } = defaultConstants;

/** Share of matrices with α > 10. */
export const alphaOver: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_over',
    title: 'Share of α above 10',
    description: 'Share of weight matrices whose spectrum looks like that of noise.',
    formula: '100 · #{α > 10}/#{matrices with a fitted α}',
    unit: '%',
    direction: 'lower',
    source: 'METHOD § 1.2: completes the four shares to 100',
    thresholds: [{ name: 'tail_high', value: '10', provenance: 'paper' }],
  },
  measure: (matrices) => alphaRangeShare(matrices, (alpha) => alpha > tailHigh),
};
