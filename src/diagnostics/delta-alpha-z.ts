import { ok, skipped } from '../base/measured.ts';
import { deltaAlpha } from './delta-alpha.ts';
import type { PairDiagnostic } from './diagnostic.ts';

/** Change of the exponent in standard errors. */
export const deltaAlphaZ: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_alpha_z',
    title: 'Change of α in standard errors',
    description:
      'Beyond about 2 in size, the tail changed more than its fit is uncertain. Over many layers some exceed it by chance.',
    formula: 'z = Δα/(2·√(σ² + σ₀²))',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [{ name: 'inflation', value: '2', provenance: 'ours, METHOD § 8.1' }],
  },
  measure: (input) => {
    const change = deltaAlpha.measure(input);
    if (change.status !== 'ok') return change;
    return change.se ? ok(change.value / change.se) : skipped('no-error', 'The fits have no standard error.');
  },
};
