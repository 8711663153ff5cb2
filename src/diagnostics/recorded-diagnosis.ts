import type { Constants } from '../base/constants.ts';
import { type Measured, numberOf, ok } from '../base/measured.ts';
import type { Diagnosis, MatrixDiagnosis, PairDiagnosis } from './diagnosis.ts';
import { measureModel } from './measure.ts';
import { modificationRegime } from './modification-regime.ts';
import type { RecordedRow } from './recorded-row.ts';

/** `engine` of a diagnosis that nothing here measured. */
export const recordedEngine = 'recorded';

/** Begins the note of every recorded number. */
export const recordedNote = 'recorded, not measured here';

/** Rows of one checkpoint alone -> its diagnosis. `fingerprint` names the file, not weights: `recorded:<sha-256>`. */
export function recordedDiagnosis(rows: readonly RecordedRow[], fingerprint: string): Diagnosis {
  const matrices = matricesOf(rows);
  return {
    schemaVersion: '1.0',
    fingerprint,
    engine: recordedEngine,
    matrices,
    model: { ...summaries('model', matrices), ...modelRows(rows) },
  };
}

/**
 * Rows of one checkpoint and its base -> the pair's diagnosis. From correlation come the depth score, with size the regime; that is
 * arithmetic of the paper's own kind. Whether a low correlation is the same matrix in other coordinates cannot be looked for.
 */
export function recordedPair(rows: readonly RecordedRow[], fingerprint: string, constants: Constants): PairDiagnosis {
  const matrices = matricesOf(rows).map((matrix) => withRegime(matrix, constants));
  return {
    schemaVersion: '1.0',
    fingerprint,
    baseFingerprint: fingerprint,
    engine: recordedEngine,
    matrices,
    model: { ...summaries('pair-model', matrices), ...modelRows(rows) },
    unpaired: [],
  };
}

function matricesOf(rows: readonly RecordedRow[]): MatrixDiagnosis[] {
  const ofMatrices = rows.filter(({ role }) => role !== null);
  const places = Map.groupBy(ofMatrices, ({ group, role, depth }) => `${group}.${depth}.${role}`);
  return [...places].flatMap(([place, own]): MatrixDiagnosis[] => {
    const [first] = own;
    if (!first || first.role === null) return [];
    return [
      {
        name: `${recordedEngine}:${place}`,
        role: first.role,
        depth: first.depth,
        group: first.group,
        rows: 0,
        cols: 0,
        dtype: recordedEngine,
        pooled: true,
        diagnostics: Object.fromEntries(own.map((row) => [row.diagnostic, measured(row)])),
        labels: { recorded: [...new Set(own.map(({ source }) => source))].join('; ') },
      },
    ];
  });
}

function modelRows(rows: readonly RecordedRow[]): Record<string, Measured> {
  return Object.fromEntries(
    rows
      .filter(({ role }) => role === null)
      .map((row) => [row.group === 'decoder' ? row.diagnostic : `${row.diagnostic}.${row.group}`, measured(row)]),
  );
}

function measured({ value, k, n, source }: RecordedRow): Measured {
  return ok(value, {
    ...(n === null ? {} : { n }),
    ...(k === null ? {} : { k }),
    note: `${recordedNote}: ${source}`,
  });
}

/** Summaries that the recorded matrices allow; those they do not allow are left out. */
function summaries(scope: 'model' | 'pair-model', matrices: readonly MatrixDiagnosis[]): Record<string, Measured> {
  return Object.fromEntries(
    Object.entries(measureModel(scope, matrices)).flatMap(([id, value]) =>
      value.status === 'ok'
        ? [[id, { ...value, note: `over ${matrices.length} recorded matrices, not measured here` }]]
        : [],
    ),
  );
}

function withRegime(matrix: MatrixDiagnosis, constants: Constants): MatrixDiagnosis {
  const { weight_correlation: correlation, relative_change: change } = matrix.diagnostics;
  const r = numberOf(matrix.diagnostics.aligned_correlation ?? correlation);
  const m = numberOf(change);
  const depth: Record<string, Measured> =
    r === undefined
      ? {}
      : {
          depth_score: ok(1 - Math.max(0, r), {
            note: 'from the recorded correlation; other coordinates could not be looked for',
          }),
        };
  // Below the limit of deep the regime is one of size alone; above it takes the correlation too.
  const known = m !== undefined && (r !== undefined || m < constants.regime_deep);
  return {
    ...matrix,
    diagnostics: { ...depth, ...matrix.diagnostics },
    labels: known ? { ...matrix.labels, modification_regime: modificationRegime(m, r ?? 1, constants) } : matrix.labels,
  };
}
