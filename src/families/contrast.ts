import { type Measured, ok } from '../base/measured.ts';
import { criticalValue } from '../base/student.ts';
import type { FamilyEstimates } from './gain-table.ts';

/** Which uncertainty an estimate carries: scatter between tasks, or item noise alone. */
export type Target = 'random-task' | 'fixed-task';

/** A linear combination of family gains with its standard error. */
export interface Contrast {
  readonly value: number;
  readonly se: number;
  /** Degrees of freedom of the t reference; Infinity for item noise of many items. */
  readonly df: number;
}

/** Below this many degrees of freedom a small scatter between tasks is no evidence that there is none. */
const fewTaskDf = 3;

/**
 * Σ a_f θ_f with Satterthwaite's degrees of freedom; families without a weight do not take part. For the random-task
 * target a family whose scatter lies below its item noise contributes the item noise and its degrees of freedom.
 */
export function contrast(estimates: FamilyEstimates, weights: ReadonlyMap<string, number>, target: Target): Contrast {
  let [value, scatter, noise, uncertain] = [0, 0, 0, 0];
  for (const family of estimates.families) {
    const weight = weights.get(family.family) ?? 0;
    value += weight * family.mean;
    const fromScatter =
      target === 'random-task' && (family.random > family.fixed || estimates.df < fewTaskDf || !(family.fixed > 0));
    if (fromScatter) scatter += weight ** 2 * family.random;
    else {
      const part = weight ** 2 * family.fixed;
      noise += part;
      uncertain += part ** 2 / family.fixedDf;
    }
  }
  const spread = scatter > 0 ? scatter ** 2 / estimates.df + uncertain : uncertain;
  const variance = scatter + noise;
  const pooled = noise === 0 && target === 'random-task';
  const mixed = spread === 0 ? Number.POSITIVE_INFINITY : variance ** 2 / spread;
  const df = pooled ? estimates.df : mixed;
  return { value, se: Math.sqrt(variance), df };
}

/** Equal weights over `families`, times `factor`; contrasts add by merging maps. */
export function meanOf(families: readonly string[], factor = 1): Map<string, number> {
  return new Map(families.map((family) => [family, factor / families.length]));
}

/** Two-sided interval at `level`; at 0.90 its ends are the one-sided 95 % bounds that decisions use. */
export function measure(estimate: Contrast, level: number, extra: { readonly n?: number } = {}): Measured {
  const half = halfWidth(estimate, (1 + level) / 2);
  const df = Number.isInteger(estimate.df) ? String(estimate.df) : estimate.df.toFixed(1);
  const method = Number.isFinite(estimate.df) ? `t, ${df} df over tasks` : 'normal, item noise';
  return ok(estimate.value, {
    se: estimate.se,
    interval: { low: estimate.value - half, high: estimate.value + half, level, method },
    ...extra,
  });
}

/** Distance from the value to the one-sided bound at `probability`. */
export function halfWidth(estimate: Contrast, probability: number): number {
  return criticalValue(probability, estimate.df) * estimate.se;
}
