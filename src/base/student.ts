import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Above this many degrees of freedom t is taken as normal; the 97.5 % quantiles then differ by less than 0.0003. */
const asNormal = 10_000;

/** Quantile of Student's t, of the normal where df is infinite or very large. `criticalValue(0.975, 4)` is 2.776. */
export function criticalValue(probability: number, df: number): number {
  return df < asNormal ? tQuantile(probability, df) : normalQuantile(probability, 0, 1);
}

/** P(t ≤ x), of the normal where df is infinite or very large. */
export function lowerTail(x: number, df: number): number {
  return df < asNormal ? tCdf(x, df) : normalCdf(x, 0, 1);
}

/**
 * Smallest true effect that a two-sided test at 5 % finds with the given power: (t₀.₉₇₅ + t_power)·se.
 * METHOD § 4.3; with a known standard error and 80 % it is 2.80·se.
 */
export function detectableEffect(se: number, df: number, power = 0.8): number {
  return (criticalValue(0.975, df) + criticalValue(power, df)) * se;
}
