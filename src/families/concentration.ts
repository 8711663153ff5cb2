import { type Measured, ok, skipped } from '../base/measured.ts';

/**
 * CAI = τ²/(τ² + μ̂²): 0 when every family gained the same, 1 when there is dispersion and no mean gain.
 * A display index, never a test (METHOD § 2.4).
 */
export function capabilityAsymmetryIndex(tau: number, mean: number): Measured {
  const total = tau ** 2 + mean ** 2;
  if (total === 0) return skipped('no-gain', 'Neither a mean gain nor a dispersion: the index is not defined.');
  return ok(tau ** 2 / total, { note: 'display index, not a test' });
}

/**
 * How many families carry the gain: (Σg)²/Σg² over the positive shrunken gains. Five equal gains give 5; one large
 * gain among zeros gives 1.
 */
export function effectiveFamilies(shrunken: readonly number[]): Measured {
  const positive = shrunken.filter((gain) => gain > 0);
  const sum = positive.reduce((total, gain) => total + gain, 0);
  if (sum < 1) return skipped('no-gain', 'The positive gains sum to less than one point.');
  return ok(sum ** 2 / positive.reduce((total, gain) => total + gain ** 2, 0), { n: shrunken.length });
}
