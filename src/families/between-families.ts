import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
import fCdf from '@stdlib/stats-base-dists-f-cdf';
import { weightedMoments } from './cochran-q.ts';

/** Dispersion τ of true family gains, in the unit of the gains, with a 95 % interval. */
export interface Dispersion {
  readonly tau: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Between-family standard deviation by Paule–Mandel (1982): the t for which Q(y, V + t) equals its expectation F − 1;
 * interval by Q-profile (Viechtbauer 2007), which keeps its level at few families. Needs three families.
 */
export function betweenFamilies(means: readonly number[], variances: readonly number[]): Dispersion {
  const df = means.length - 1;
  return {
    tau: pauleMandel(means, variances),
    low: Math.sqrt(addedVariance(means, variances, chisquareQuantile(0.975, df))),
    high: Math.sqrt(addedVariance(means, variances, chisquareQuantile(0.025, df))),
  };
}

/**
 * Q-profile for variances that were themselves estimated, on `df` degrees of freedom, as pooled scatter between few
 * tasks is: Q(y, V + t)/(F − 1) is compared with F instead of χ²/(F − 1), whose denominator has df·((V + t)/V)² degrees
 * of freedom (Satterthwaite), V the harmonic mean of the variances. With χ² the interval of 8 families of 2 tasks
 * with a dispersion of 2 holds it in 91 % of worlds, with F in 95 % (docs/COVERAGE.md).
 */
export function profileOfEstimated(
  means: readonly number[],
  variances: readonly number[],
  df: number,
): { readonly low: number; readonly high: number } {
  const families = means.length - 1;
  const typical = variances.length / variances.reduce((sum, variance) => sum + 1 / variance, 0);
  const below = (t: number): number =>
    fCdf(weightedMoments(means, variances, t).squares / families, families, df * ((typical + t) / typical) ** 2);
  return { low: Math.sqrt(crossing(below, 0.975, typical)), high: Math.sqrt(crossing(below, 0.025, typical)) };
}

/** Where a falling function of t ≥ 0 comes down to `level`; 0 where it starts below. */
function crossing(falling: (t: number) => number, level: number, start: number): number {
  if (falling(0) <= level) return 0;
  let [low, high] = [0, start];
  while (falling(high) > level && high < 1e9 * start) [low, high] = [high, 2 * high];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The estimate of `betweenFamilies` alone. */
export function pauleMandel(means: readonly number[], variances: readonly number[]): number {
  return Math.sqrt(addedVariance(means, variances, means.length - 1));
}

/**
 * The t ≥ 0 with Q(y, V + t) = target; 0 where Q is already below it. Q is convex and falls in t, so Newton's steps
 * from 0 rise to the root and never pass it.
 */
export function addedVariance(means: readonly number[], variances: readonly number[], target: number): number {
  let t = 0;
  for (let step = 0; step < 200; step++) {
    const { squares, fall } = weightedMoments(means, variances, t);
    const next = t + (squares - target) / fall;
    if (!(squares > target) || next - t <= 1e-14 * next) return t;
    t = next;
  }
  return t;
}
