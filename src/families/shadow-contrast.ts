import type { Constants } from '../base/constants.ts';
import { type Measured, ok, skipped } from '../base/measured.ts';
import { type Contrast, contrast, criticalValue, meanOf, type Target } from './contrast.ts';
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
  const critical = criticalValue(0.975, T.df);
  const g = (critical * T.se) ** 2 / T.value ** 2;
  if (!(g < 1))
    return skipped(
      'targeted-gain-unclear',
      'The targeted gain is not clearly different from 0, so the ratio has no bounds.',
    );
  const ratio = C.value / T.value;
  const half = (critical / Math.abs(T.value)) * Math.sqrt(C.se ** 2 * (1 - g) + ratio ** 2 * T.se ** 2);
  return ok(ratio, {
    interval: { low: (ratio - half) / (1 - g), high: (ratio + half) / (1 - g), level: 0.95, method: 'Fieller' },
  });
}

/** Smallest contrast that this suite would have found with 80 % power at a two-sided level of 5 % (METHOD § 4.3). */
export function detectable(S: Contrast): Measured {
  return ok((criticalValue(0.975, S.df) + criticalValue(0.8, S.df)) * S.se, { note: '80 % power, two-sided 5 %' });
}

/** One-sided 95 % bounds of a contrast. */
export function bounds(estimate: Contrast): { readonly lower: number; readonly upper: number } {
  const half = criticalValue(0.95, estimate.df) * estimate.se;
  return { lower: estimate.value - half, upper: estimate.value + half };
}
