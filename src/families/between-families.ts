import chisquareQuantile from '@stdlib/stats-base-dists-chisquare-quantile';
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
