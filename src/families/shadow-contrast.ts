import { mean, sampleVariance } from 'simple-statistics';
import type { Constants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { criticalValue, detectableEffect } from '../base/student.ts';
import { type Contrast, contrast, halfWidth, meanOf, type Target } from './contrast.ts';
import type { FamilyEstimates } from './gain-table.ts';

/** The declared axis on one scale: targeted mean T, coverage mean C, and what lies between them. */
export interface AxisContrasts {
  readonly target: Target;
  readonly T: Contrast;
  readonly C: Contrast;
  /** T − C. */
  readonly S: Contrast;
  /** C − φT, φ the transfer fraction. */
  readonly transfer: Contrast;
}

/**
 * Contrasts along a declared axis (METHOD §§ 2.4, 4.1). All are linear in family gains; no ratio is tested, because a
 * ratio of two noisy gains has no usable error near 0. Families at their ceiling must be left out by the caller.
 */
export function axisContrasts(
  estimates: FamilyEstimates,
  axis: { targeted: readonly string[]; coverage: readonly string[] },
  constants: Constants,
): AxisContrasts {
  const target: Target = estimates.df >= constants.min_task_df ? 'random-task' : 'fixed-task';
  const against = (targeted: number, coverage: number): Contrast =>
    contrast(estimates, new Map([...meanOf(axis.targeted, targeted), ...meanOf(axis.coverage, coverage)]), target);
  return {
    target,
    T: against(1, 0),
    C: against(0, 1),
    S: against(1, -1),
    transfer: against(-constants.transfer_fraction, 1),
  };
}

/** C/T with Fieller's interval; skipped where T is not clearly different from 0, because the ratio is then unbounded. */
export function transferRatio({ T, C }: AxisContrasts): Measured {
  const [around, beside] = [halfWidth(T, 0.975), halfWidth(C, 0.975)];
  const g = around ** 2 / T.value ** 2;
  if (!(g < 1))
    return skipped(
      'targeted-gain-unclear',
      'The targeted gain is not clearly different from 0, so the ratio has no bounds.',
    );
  const ratio = C.value / T.value;
  const half = Math.sqrt(beside ** 2 * (1 - g) + ratio ** 2 * around ** 2) / Math.abs(T.value);
  return ok(ratio, {
    interval: { low: (ratio - half) / (1 - g), high: (ratio + half) / (1 - g), level: 0.95, method: 'Fieller' },
  });
}

/** Smallest contrast that this suite would have found with 80 % power at a two-sided level of 5 % (METHOD § 4.3). */
export function detectable(S: Contrast): Measured {
  return ok(detectableEffect(S.se, S.df), { note: '80 % power, two-sided 5 %' });
}

/** One-sided 95 % bounds of a contrast. */
export function bounds(estimate: Contrast): { readonly lower: number; readonly upper: number } {
  const half = halfWidth(estimate, 0.95);
  return { lower: estimate.value - half, upper: estimate.value + half };
}

/**
 * S again, with families as replicates: targeted and coverage families are taken as samples of what could have been
 * targeted and covered (Welch's t over family means). Item noise and task scatter are in the spread of the means. For
 * display; wider than the interval of S wherever families differ for reasons of their own (METHOD § 2.4).
 */
export function acrossFamilies(
  estimates: FamilyEstimates,
  axis: { targeted: readonly string[]; coverage: readonly string[] },
): Measured {
  const sides = [axis.targeted, axis.coverage].map((names) =>
    estimates.families.filter((family) => names.includes(family.family)).map((family) => family.mean),
  );
  const [targeted = [], coverage = []] = sides;
  if (targeted.length < 2 || coverage.length < 2)
    return skipped('one-family-side', 'Families as replicates need two targeted and two coverage families.');
  const parts = [targeted, coverage].map((means) => ({
    v: sampleVariance(means) / means.length,
    df: means.length - 1,
  }));
  const variance = parts.reduce((sum, { v }) => sum + v, 0);
  const df = variance ** 2 / parts.reduce((sum, { v, df: own }) => sum + v ** 2 / own, 0);
  const value = mean(targeted) - mean(coverage);
  if (variance === 0) return skipped('no-spread', 'Families of a side do not differ at all.');
  const half = criticalValue(0.975, df) * Math.sqrt(variance);
  return ok(value, {
    se: Math.sqrt(variance),
    n: targeted.length + coverage.length,
    interval: {
      low: value - half,
      high: value + half,
      level: 0.95,
      method: `Welch t over families, ${df.toFixed(1)} df`,
    },
  });
}
