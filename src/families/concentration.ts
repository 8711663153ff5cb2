import { type Measured, ok, skipped } from '../base/measured.ts';
import type { GainScale } from './gain-table.ts';

/**
 * CAI = τ²/(τ² + μ̂²): 0 when every family gained the same, 1 when there is dispersion and no mean gain.
 * A display index, never a test (METHOD § 2.4).
 */
export function capabilityAsymmetryIndex(tau: number, mean: number): Measured {
  const total = tau ** 2 + mean ** 2;
  if (total === 0) return skipped('no-gain', 'Neither a mean gain nor a dispersion: the index is not defined.');
  return ok(tau ** 2 / total, { note: 'display index, not a test' });
}

/** Sum of positive gains below which nothing is left to be concentrated: one κ-point, or as much near even odds. */
const leastSum = { gain: 1, logit: 0.04 } as const;

/**
 * How many families carry the gain: (Σg)²/Σg² over the positive shrunken gains. Five equal gains give 5; one large
 * gain among zeros gives 1.
 */
export function effectiveFamilies(shrunken: readonly number[], scale: GainScale = 'gain'): Measured {
  const positive = shrunken.filter((gain) => gain > 0);
  const sum = positive.reduce((total, gain) => total + gain, 0);
  if (sum < leastSum[scale]) return skipped('no-gain', 'The positive gains sum to less than one point.');
  const effective = sum ** 2 / positive.reduce((total, gain) => total + gain ** 2, 0);
  return ok(effective, { n: shrunken.length, note: `${(effective / shrunken.length).toFixed(2)} of all families` });
}

/**
 * Gini's index of the positive parts of the shrunken gains, Σ|g_i − g_j|/(2F Σg): 0 when all families gained the same,
 * 1 − 1/F when one has it all. Losses count as 0; signed gains have no Gini (METHOD § 2.4).
 */
export function giniOfGains(shrunken: readonly number[], scale: GainScale = 'gain'): Measured {
  const parts = shrunken.map((gain) => Math.max(0, gain));
  const sum = parts.reduce((total, gain) => total + gain, 0);
  if (sum < leastSum[scale]) return skipped('no-gain', 'The positive gains sum to less than one point.');
  const apart = parts.reduce((total, a) => total + parts.reduce((inner, b) => inner + Math.abs(a - b), 0), 0);
  return ok(apart / (2 * parts.length * sum), { n: parts.length });
}
