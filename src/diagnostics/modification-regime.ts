import { type Constants, defaultConstants } from '../base/constants.ts';

/** From no change at all to rewritten; the paper's words, `identical` and `moderate` added. */
export const regimes = ['identical', 'minimal', 'conservative', 'moderate', 'deep'] as const;
export type Regime = (typeof regimes)[number];

/**
 * Relative change m and (aligned) correlation r -> the regime of one matrix (METHOD § 3.1).
 * Identical means within rounding to bfloat16, m < 0.005. Deep needs both m ≥ 1 and r < 0.5: a matrix that doubled in
 * size without turning has m = 1 and r = 1, and is moderate.
 */
export function modificationRegime(m: number, r: number, constants: Constants = defaultConstants): Regime {
  if (m < constants.storage_noise) return 'identical';
  if (m < constants.regime_conservative) return 'minimal';
  if (m < constants.regime_moderate) return 'conservative';
  return m >= constants.regime_deep && r < constants.deep_correlation ? 'deep' : 'moderate';
}
