import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Constants, defaultConstants } from '../../src/base/constants.ts';
import { ok } from '../../src/base/measured.ts';
import type { MatrixDiagnosis } from '../../src/diagnostics/diagnosis.ts';
import type { DossierCheckpoint } from '../../src/dossier/dossier.ts';
import { followTrajectories } from '../../src/dossier/trajectories.ts';
import type { Trajectory } from '../../src/dossier/trajectory.ts';
import type { StepPair } from '../../src/dossier/trajectory-steps.ts';

/** One checkpoint of a training run of which only the share of α is known, or its matrices. */
export function trained(
  condition: string,
  step: number,
  share: { readonly value?: number; readonly k: number; readonly n: number } | undefined,
  matrices: readonly MatrixDiagnosis[] = [],
): DossierCheckpoint {
  return {
    id: `${condition}-${step}`,
    base: null,
    condition,
    step,
    path: 'x',
    fingerprint: null,
    architecture: null,
    parameters: null,
    dtypes: {},
    matrices: { pooled: matrices.length, listed: matrices.length },
    leftOut: [],
    attestation: 'none',
    scores: [],
    matrixDiagnostics: [...matrices],
    model: share ? { alpha_share: ok(share.value ?? (100 * share.k) / share.n, { k: share.k, n: share.n }) } : {},
    errors: [],
  };
}

/** A checkpoint whose matrices have these α. */
export function fitted(condition: string, step: number, alphas: readonly number[]): DossierCheckpoint {
  const k = alphas.filter((alpha) => alpha >= 2 && alpha <= 6).length;
  return trained(condition, step, { k, n: alphas.length }, alphas.map(matrix));
}

export function matrix(alpha: number, index: number): MatrixDiagnosis {
  return {
    name: `layers.${index}.q`,
    role: 'q',
    depth: index,
    group: 'decoder',
    rows: 8,
    cols: 8,
    dtype: 'F32',
    pooled: true,
    labels: {},
    diagnostics: { alpha: ok(alpha) },
  };
}

/** The pair of two consecutive checkpoints whose matrices moved like this. */
export function moved(condition: string, from: number, to: number, change: number, variance = change): StepPair {
  const matrices = [0, 1, 2].map((index) => ({
    ...matrix(3, index),
    diagnostics: { relative_change: ok(change), change_variance: ok(variance) },
  }));
  return {
    condition,
    from,
    to,
    pair: {
      schemaVersion: '1.0',
      fingerprint: 'f'.repeat(64),
      baseFingerprint: '0'.repeat(64),
      engine: 'portable',
      matrices,
      model: {},
      unpaired: [],
    },
  };
}

/** Table 1 of the paper as checkpoints: shares as printed, or as counts of 224. */
export function tableOne(as: 'printed' | 'counts' = 'printed'): DossierCheckpoint[] {
  const rows = parse(readFileSync('reports/paper/data/table-1.csv'), { columns: true, comment: '#' }) as Record<
    'condition' | 'step' | 'share' | 'k' | 'n',
    string
  >[];
  return rows.map(({ condition, step, share, k, n }) =>
    trained(condition, Number(step), {
      k: Number(k),
      n: Number(n),
      ...(as === 'printed' ? { value: Number(share) } : {}),
    }),
  );
}

/** Trajectories by condition. */
export function follow(
  checkpoints: readonly DossierCheckpoint[],
  reference?: string,
  { pairs = [], ...constants }: Partial<Constants> & { pairs?: readonly StepPair[] } = {},
): Record<string, Trajectory> {
  const found = followTrajectories({
    checkpoints,
    reference,
    pairs,
    constants: { ...defaultConstants, ...constants },
  });
  return Object.fromEntries(found.map((trajectory) => [trajectory.condition, trajectory]));
}
