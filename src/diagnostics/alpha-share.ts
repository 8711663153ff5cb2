import { defaultConstants } from '../base/constants.ts';
import { alphaRangeShare } from './alpha-range-share.ts';
import type { ModelDiagnostic } from './diagnostic.ts';

const { alpha_low: low, alpha_high: high } = defaultConstants;

/** Share of matrices with 2 ≤ α ≤ 6. */
export const alphaShare: ModelDiagnostic = {
  scope: 'model',
  meta: {
    id: 'alpha_share',
    title: 'Share of α in [2, 6]',
    description:
      'Share of weight matrices whose exponent lies in the range the paper calls healthy. It depends on matrix shapes: most small matrices without any training lie in it. Compare only between checkpoints of one architecture, and mind the counts: a few points are a few matrices.',
    formula: '100 · #{2 ≤ α ≤ 6}/#{matrices with a fitted α}',
    unit: '%',
    direction: 'higher',
    source: 'Benchmark Shadows § 4.2.1, Table 1',
    thresholds: [
      { name: 'alpha_low', value: '2', provenance: 'paper' },
      { name: 'alpha_high', value: '6', provenance: 'paper' },
      { name: 'share_green', value: '78 %', provenance: 'paper, colours of Table 1' },
      { name: 'share_red', value: '70 %', provenance: 'paper, colours of Table 1' },
    ],
  },
  measure: (matrices) => alphaRangeShare(matrices, (alpha) => alpha >= low && alpha <= high),
};
