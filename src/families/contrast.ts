import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { type Measured, ok } from '../base/measured.ts';
import type { FamilyEstimates } from './gain-table.ts';

/** Which uncertainty an estimate carries: scatter between tasks, or item noise alone. */
export type Target = 'random-task' | 'fixed-task';

/** A linear combination of family gains with its standard error. */
export interface Contrast {
  readonly value: number;
  readonly se: number;
  /** Degrees of freedom of the t reference; Infinity for item noise. */
  readonly df: number;
}

/** Σ a_f θ_f; families without a weight do not take part. */
export function contrast(estimates: FamilyEstimates, weights: ReadonlyMap<string, number>, target: Target): Contrast {
  let value = 0;
  let variance = 0;
  for (const family of estimates.families) {
    const weight = weights.get(family.family) ?? 0;
    value += weight * family.mean;
    variance += weight ** 2 * (target === 'random-task' ? family.random : family.fixed);
  }
  return { value, se: Math.sqrt(variance), df: target === 'random-task' ? estimates.df : Number.POSITIVE_INFINITY };
}

/** Equal weights over `families`, times `factor`; contrasts add by merging maps. */
export function meanOf(families: readonly string[], factor = 1): Map<string, number> {
  return new Map(families.map((family) => [family, factor / families.length]));
}

/** Two-sided interval at `level`; at 0.90 its ends are the one-sided 95 % bounds that decisions use. */
export function measure(estimate: Contrast, level: number, extra: { readonly n?: number } = {}): Measured {
  const half = criticalValue((1 + level) / 2, estimate.df) * estimate.se;
  const method = Number.isFinite(estimate.df) ? `t, ${estimate.df} df over tasks` : 'normal, item noise';
  return ok(estimate.value, {
    se: estimate.se,
    interval: { low: estimate.value - half, high: estimate.value + half, level, method },
    ...extra,
  });
}

/** Quantile of t with df degrees of freedom, of the normal where df is infinite. */
export function criticalValue(probability: number, df: number): number {
  return Number.isFinite(df) ? tQuantile(probability, df) : normalQuantile(probability, 0, 1);
}
