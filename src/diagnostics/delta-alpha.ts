import { ok } from '../base/measured.ts';
import { alpha } from './alpha.ts';
import type { PairDiagnostic } from './diagnostic.ts';
import { sigma } from './sigma.ts';

/** Change of the power-law exponent. */
export const deltaAlpha: PairDiagnostic = {
  scope: 'pair',
  meta: {
    id: 'delta_alpha',
    title: 'Change of α',
    description:
      'Whether the tail became heavier (negative) or lighter. The standard error is twice the nominal one, because the nominal one ignores the choice of xmin.',
    formula: 'Δα = α(W) − α(W₀), SE = 2·√(σ² + σ₀²)',
    unit: '',
    direction: 'none',
    source: 'METHOD § 3.1',
    thresholds: [{ name: 'inflation', value: '2', provenance: 'ours: σ is too small, METHOD § 8.1' }],
  },
  measure: ({ subject, reference }) => {
    const [now, before] = [alpha.measure(subject), alpha.measure(reference)];
    if (now.status !== 'ok') return now;
    if (before.status !== 'ok') return before;
    const [sigmaNow, sigmaBefore] = [sigma.measure(subject), sigma.measure(reference)];
    if (sigmaNow.status !== 'ok') return sigmaNow;
    if (sigmaBefore.status !== 'ok') return sigmaBefore;
    return ok(now.value - before.value, { se: inflation * Math.hypot(sigmaNow.value, sigmaBefore.value) });
  },
};

/** σ is 1 to 1.5 times too small for true power laws and more without one (METHOD § 8.1). */
export const inflation = 2;
