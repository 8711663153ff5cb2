import { median } from 'simple-statistics';
import type { Constants } from '../base/constants.ts';
import { numberOf } from '../base/measured.ts';
import type { MatrixDiagnosis } from '../diagnostics/diagnosis.ts';
import { attentionRoles, mlpRoles } from '../diagnostics/module-sides.ts';

/** What one pooled matrix contributes. */
export interface MatrixChange {
  readonly group: string;
  readonly role: string;
  readonly depth: number;
  readonly parameters: number;
  /** ‖W − W₀‖/‖W₀‖. */
  readonly relativeChange: number;
  readonly correlation: number;
  /** 1 − max(0, r*). */
  readonly D: number;
  /** Geometry score against the magnitude-matched null; absent where the null was not computed. */
  readonly G: number | undefined;
  readonly regime: string;
}

/** Model-level indices of METHOD § 3.3, all in 0..1 but the median relative change. */
export interface ModelIndices {
  readonly D: number;
  readonly G: number | undefined;
  readonly RI: number | undefined;
  readonly medianRelativeChange: number;
  readonly shareMoved: number;
  readonly shareDeep: number;
}

/** The pooled matrices that could be compared. */
export function matrixChanges(matrices: readonly MatrixDiagnosis[]): MatrixChange[] {
  return matrices.flatMap((matrix) => {
    const relativeChange = numberOf(matrix.diagnostics.relative_change);
    const correlation = numberOf(matrix.diagnostics.weight_correlation);
    const D = numberOf(matrix.diagnostics.depth_score);
    if (
      !matrix.pooled ||
      matrix.depth === null ||
      relativeChange === undefined ||
      correlation === undefined ||
      D === undefined
    )
      return [];
    return [
      {
        group: matrix.group,
        role: matrix.role,
        depth: matrix.depth,
        parameters: matrix.rows * matrix.cols,
        relativeChange,
        correlation,
        D,
        G: numberOf(matrix.diagnostics.geometry_score),
        regime: matrix.labels.modification_regime ?? 'unknown',
      },
    ];
  });
}

/**
 * D̄ = ½ mean over attention kinds + ½ mean over MLP kinds, each kind the mean over its matrices; Ḡ likewise.
 * Attention is where the paper sees change and the MLP holds most parameters, so each weighs one half.
 */
export function modelIndices(changes: readonly MatrixChange[], constants: Constants): ModelIndices {
  const D = halves(changes, (change) => change.D) ?? 0;
  const G = changes.every((change) => change.G !== undefined) ? halves(changes, (change) => change.G ?? 0) : undefined;
  return {
    D,
    G,
    RI: G === undefined ? undefined : 1 - (1 - D) * (1 - G),
    medianRelativeChange: median(changes.map((change) => change.relativeChange)),
    shareMoved: changes.filter((change) => change.relativeChange >= constants.regime_moderate).length / changes.length,
    shareDeep: changes.filter((change) => change.regime === 'deep').length / changes.length,
  };
}

function halves(changes: readonly MatrixChange[], value: (change: MatrixChange) => number): number | undefined {
  const sides = [attentionRoles, mlpRoles].flatMap((roles) => {
    const kinds = roles.flatMap((role) => mean(changes.filter((change) => change.role === role).map(value)) ?? []);
    return mean(kinds) ?? [];
  });
  return mean(sides) ?? mean(changes.map(value));
}

function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
}
