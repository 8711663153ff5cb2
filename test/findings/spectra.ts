import { ok } from '../../src/base/measured.ts';
import { alphaMovedShare } from '../../src/diagnostics/alpha-moved-share.ts';
import { alphaShare } from '../../src/diagnostics/alpha-share.ts';
import { alphaShareChange } from '../../src/diagnostics/alpha-share-change.ts';
import { alphaTailMass } from '../../src/diagnostics/alpha-tail-mass.ts';
import { attnMlpAsymmetry } from '../../src/diagnostics/attn-mlp-asymmetry.ts';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import { vUpAsymmetry } from '../../src/diagnostics/v-up-asymmetry.ts';
import type { Dossier } from '../../src/dossier/dossier.ts';
import { only, plant } from './comparison.ts';

/** One weight matrix whose exponent is known before and after. */
export interface PlantedMatrix {
  readonly role: MatrixDiagnosis['role'];
  readonly depth: number;
  readonly before: number;
  readonly after: number;
  readonly sigma?: number;
  readonly group?: MatrixDiagnosis['group'];
  /** Middle 90 % of Gaussian matrices of the shape. */
  readonly gaussian?: readonly [low: number, high: number];
  /** Change of λ_min/mean λ. */
  readonly floor?: number;
}

/** `layers` matrices of each role; `of` says their exponents. */
export function blocks(
  roles: readonly MatrixDiagnosis['role'][],
  layers: number,
  of: (role: MatrixDiagnosis['role'], depth: number) => Omit<PlantedMatrix, 'role' | 'depth'>,
): PlantedMatrix[] {
  return roles.flatMap((role) => Array.from({ length: layers }, (_, depth) => ({ role, depth, ...of(role, depth) })));
}

/** A dossier with one comparison whose spectra are these; summaries are made of them by the diagnostics themselves. */
export function plantSpectra(planted: readonly PlantedMatrix[]): Dossier {
  const dossier = plant();
  const { weights } = only(dossier);
  if (weights.status !== 'ok') throw new Error('no weights');
  weights.matrices = planted.map((row) => {
    const { before, after, sigma = 0.05 } = row;
    return matrix(row, {
      relative_change: ok(0.15),
      norm_ratio: ok(1.1),
      delta_alpha_z: ok((after - before) / (2 * Math.SQRT2 * sigma)),
      alpha_range_change: ok(Number(inRange(after)) - Number(inRange(before))),
      delta_lambda_min_over_mean: ok(row.floor ?? 0),
    });
  });
  weights.model = {
    attn_mlp_asymmetry: attnMlpAsymmetry.measure(weights.matrices),
    v_up_asymmetry: vUpAsymmetry.measure(weights.matrices),
    alpha_moved_share: alphaMovedShare.measure(weights.matrices),
    alpha_share_change: alphaShareChange.measure(weights.matrices),
  };
  for (const checkpoint of dossier.checkpoints) {
    checkpoint.matrixDiagnostics = planted.map((row) => {
      const { before, after, sigma = 0.05, gaussian, floor = 0 } = row;
      const alpha = checkpoint.id === 'base' ? before : after;
      return matrix(row, {
        alpha: ok(alpha),
        sigma: ok(sigma),
        num_pl_spikes: ok(40),
        xmin: ok(checkpoint.id === 'base' ? 10 : 10 + floor),
        ...(gaussian
          ? { alpha_null: ok(7, { interval: { low: gaussian[0], high: gaussian[1], level: 0.9, method: 'planted' } }) }
          : {}),
      });
    });
    checkpoint.model = {
      alpha_share: alphaShare.measure(checkpoint.matrixDiagnostics),
      alpha_tail_mass: alphaTailMass.measure(checkpoint.matrixDiagnostics),
    };
  }
  return dossier;
}

function inRange(alpha: number): boolean {
  return alpha >= 2 && alpha <= 6;
}

function matrix(
  { role, depth, group = 'decoder' }: PlantedMatrix,
  diagnostics: MatrixDiagnosis['diagnostics'],
): MatrixDiagnosis {
  return {
    name: `${group}.${depth}.${role}`,
    role,
    depth,
    group,
    rows: 8,
    cols: 8,
    dtype: 'F32',
    pooled: true,
    labels: {},
    diagnostics,
  };
}
