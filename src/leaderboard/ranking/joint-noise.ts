import type { RandomStream } from '../../base/random.ts';
import type { Estimates } from './estimates.ts';
import { factor } from './factor.ts';

/**
 * Draws of the joint noise of all values: `noise[draw][model]` ~ N(0, covariance). Resampling clusters with Gaussian
 * multipliers has exactly this law given the items, so nothing is resampled item by item.
 */
export function jointNoise(estimates: Estimates, draws: number, random: RandomStream): Float64Array[] {
  const lower = factor(estimates.covariance);
  const models = lower.length;
  const fresh = new Float64Array(models);
  return Array.from({ length: draws }, () => {
    for (let model = 0; model < models; model++) fresh[model] = random.normal();
    const noise = new Float64Array(models);
    for (let model = 0; model < models; model++) {
      const row = lower[model] as number[];
      let sum = 0;
      for (let column = 0; column <= model; column++) sum += (row[column] ?? 0) * (fresh[column] ?? 0);
      noise[model] = sum;
    }
    return noise;
  });
}
