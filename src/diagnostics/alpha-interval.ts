import type { Interval } from '../base/measured.ts';
import { type RandomStream, randomStream } from '../base/random.ts';
import type { PowerLawFit } from './power-law.ts';
import { eigenvalueThreshold, powerLawFit } from './power-law-fit.ts';

/** Resamples; the bounds are the mean of two neighbouring order statistics of them. */
const draws = 100;
const level = 0.95;
/** Fixed, so that the same spectrum has the same interval in every report. */
const seed = 80_101;
/** With fewer eigenvalues a resample holds too few different ones to be fitted. */
const smallestPool = 20;

/**
 * Bootstrap interval of alpha: the eigenvalues from half of xmin upwards are drawn anew with replacement, and xmin is fitted
 * again in each draw, so that the choice of xmin is part of the uncertainty (METHOD § 8.1). Percentile bounds.
 * Undefined where fewer than 20 eigenvalues lie there, or alpha is infinite.
 */
export function alphaInterval(eigenvalues: Float64Array, { alpha, xmin }: PowerLawFit): Interval | undefined {
  const from = eigenvalues.findIndex((value) => value > eigenvalueThreshold && value >= xmin / 2);
  const pool = eigenvalues.subarray(from);
  if (from === -1 || pool.length < smallestPool || !Number.isFinite(alpha)) return undefined;
  const random = randomStream(seed);
  const alphas: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const fit = powerLawFit(resampled(pool, random));
    if (!('failed' in fit) && Number.isFinite(fit.alpha)) alphas.push(fit.alpha);
  }
  alphas.sort((a, b) => a - b);
  const low = quantile(alphas, (1 - level) / 2);
  const high = quantile(alphas, (1 + level) / 2);
  if (low === undefined || high === undefined) return undefined;
  return {
    low,
    high,
    level,
    method: `percentile bootstrap of the ${pool.length} eigenvalues ≥ xmin/2, xmin fitted again in each of ${alphas.length} draws`,
  };
}

/** As many values drawn with replacement, ascending: how often each was drawn, written out in order. */
function resampled(ascending: Float64Array, random: RandomStream): Float64Array {
  const n = ascending.length;
  const counts = new Uint32Array(n);
  for (let drawn = 0; drawn < n; drawn++) {
    const pick = random.below(n);
    counts[pick] = (counts[pick] as number) + 1;
  }
  const values = new Float64Array(n);
  for (let index = 0, at = 0; index < n; index++) {
    const value = ascending[index] as number;
    for (let left = counts[index] as number; left > 0; left--) values[at++] = value;
  }
  return values;
}

/** Linear interpolation between order statistics; undefined without any. */
function quantile(ascending: readonly number[], share: number): number | undefined {
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)];
  const above = ascending[Math.ceil(place)];
  return below === undefined || above === undefined ? undefined : below + (place % 1) * (above - below);
}
