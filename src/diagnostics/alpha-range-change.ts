import { defaultConstants } from '../base/constants.ts';
import { ok } from '../base/measured.ts';
import { alpha } from './alpha.ts';
import type { PairDiagnostic } from './diagnostic.ts';

/** Whether α entered the range [2, 6] or left it. */
export const alphaRangeChange: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'alpha_range_change',
    title: 'α entered or left [2, 6]',
    description:
      'One matrix of the change in the share of α in [2, 6]: +1 where it entered the range, −1 where it left it, 0 where it stayed inside or outside.',
    formula: '1{2 ≤ α(W) ≤ 6} − 1{2 ≤ α(W₀) ≤ 6}',
    unit: '',
    direction: 'higher',
    source: 'METHOD § 3.1',
    thresholds: [
      { name: 'alpha_low', value: '2', provenance: 'paper' },
      { name: 'alpha_high', value: '6', provenance: 'paper' },
    ],
  },
  measure: ({ subject, reference }) => {
    const [now, before] = [alpha.measure(subject), alpha.measure(reference)];
    if (now.status !== 'ok') return now;
    return before.status === 'ok' ? ok(inRange(now.value) - inRange(before.value)) : before;
  },
};

function inRange(value: number): number {
  return value >= defaultConstants.alpha_low && value <= defaultConstants.alpha_high ? 1 : 0;
}
