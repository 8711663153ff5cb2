import Type from 'typebox';
import { ErrorInfo } from '../base/error.ts';
import { Measured } from '../base/measured.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import { type Checkpoint, CheckpointArtifact } from '../checkpoint/checkpoint.ts';
import { hubFromEnvironment } from '../checkpoint/hub.ts';
import { openCheckpoint } from '../checkpoint/open.ts';
import { type DiagnoseOptions, diagnoseCheckpoint, diagnosePair } from '../diagnostics/diagnose.ts';
import type { MatrixDiagnosis } from '../diagnostics/diagnosis.ts';
import type { SpectrumCache } from '../diagnostics/spectrum-cache.ts';
import type { SpectrumEngine } from '../spectrum/engine.ts';
import { matrixProgress, type Progress, searchProgress } from './progress.ts';

const closed = { additionalProperties: false } as const;

const Row = Type.Object(
  {
    name: Type.String(),
    role: Type.String(),
    depth: Type.Union([Type.Integer(), Type.Null()]),
    group: Type.String(),
    shape: Type.Array(Type.Integer()),
    dtype: Type.String(),
    pooled: Type.Boolean(),
    diagnostics: Type.Record(Type.String(), Measured),
    labels: Type.Record(Type.String(), Type.String()),
    error: Type.Optional(ErrorInfo),
  },
  closed,
);
const Summary = Type.Record(Type.String(), Measured);

/** What `skiagram diagnose --json` prints. */
export const PathDiagnosis = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    checkpoint: Type.Object(
      {
        path: Type.String(),
        fingerprint: Type.String(),
        architecture: Type.Union([Type.String(), Type.Null()]),
        parameters: Type.Integer(),
        dtypes: Type.Record(Type.String(), Type.Integer()),
      },
      closed,
    ),
    engine: Type.String(),
    matrices: Type.Array(Row),
    model: Summary,
    leftOut: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() }, closed)),
    /** Matrices that are analysed otherwise than one may expect, by reason. */
    notes: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() }, closed)),
    /** Set for an adapter: its largest rank and the modules it updates. */
    lowRank: CheckpointArtifact.properties.lowRank,
    pair: Type.Optional(
      Type.Object(
        {
          base: Type.Object({ path: Type.String(), fingerprint: Type.String() }, closed),
          matrices: Type.Array(Row),
          model: Summary,
          /** Matrices of one side without a partner in the other. */
          unpaired: Type.Optional(Type.Array(Type.Object({ name: Type.String(), reason: Type.String() }, closed))),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'skiagram diagnose --json' },
);
export type PathDiagnosis = Type.Static<typeof PathDiagnosis>;

/**
 * Opens one checkpoint, and its base where one is named, and diagnoses both without a config or a run folder. Either may be
 * a path or a hub id; an adapter is opened on the base.
 * Throws what opening throws, and `base-mismatch` where the two have no matrix in common.
 */
export async function diagnosePath(
  path: string,
  engine: SpectrumEngine,
  options: {
    base?: string;
    /** Hub ids are answered from the cache alone. */
    offline?: boolean;
    /** Also what costs another decomposition or two. */
    extended?: boolean;
    progress: Progress;
    signal: StopSignal;
    seed?: number;
    /** Where spectra and sums are kept, so that nothing is computed twice. */
    cache?: SpectrumCache;
    /** `false` compares with the base by sums alone; whatever takes spectra is `not-requested`. */
    spectra?: boolean;
  },
): Promise<PathDiagnosis> {
  const { progress, signal, cache, spectra } = options;
  const checkpoint = await open(path, options);
  const { base: _base, ...alone } = options;
  const reference = options.base === undefined ? undefined : await open(options.base, alone);
  const watch = (stage: 'spectra' | 'pair'): DiagnoseOptions => ({
    signal,
    cache,
    spectra,
    onMatrix: matrixProgress(progress, stage, path),
    onSearch: searchProgress(progress, path),
  });
  const diagnosis = await diagnoseCheckpoint(checkpoint, engine, watch('spectra'));
  const pair =
    reference &&
    (await diagnosePair(checkpoint, reference, engine, {
      ...watch('pair'),
      seed: options.seed ?? 0,
      extended: options.extended,
    }));
  const { fingerprint, architecture, parameters, dtypes } = checkpoint;
  return {
    schemaVersion: '1.0',
    checkpoint: { path, fingerprint, architecture, parameters, dtypes },
    engine: engine.description,
    matrices: diagnosis.matrices.map(row),
    model: diagnosis.model,
    leftOut: checkpoint.leftOut.map(({ reason, count }) => ({ reason, count })),
    notes: checkpoint.notes.map(({ reason, count }) => ({ reason, count })),
    ...(checkpoint.lowRank ? { lowRank: checkpoint.lowRank } : {}),
    ...(pair && reference
      ? {
          pair: {
            base: { path: options.base ?? '', fingerprint: reference.fingerprint },
            matrices: pair.matrices.map(row),
            model: pair.model,
            unpaired: pair.unpaired,
          },
        }
      : {}),
  };
}

async function open(
  path: string,
  {
    base,
    offline = false,
    progress,
    signal,
  }: { base?: string; offline?: boolean; progress: Progress; signal: StopSignal },
): Promise<Checkpoint> {
  const report = (text: string) => (done: number, total: number) =>
    progress.update({ stage: 'open', subject: path, state: 'running', done, total, text });
  return openCheckpoint(path, {
    base,
    signal,
    hub: { ...hubFromEnvironment(process.env, { offline }), onDownload: report('fetching from the hub') },
    onProgress: report('reading and fingerprinting'),
  });
}

function row({ rows, cols, ...matrix }: MatrixDiagnosis): Type.Static<typeof Row> {
  return { ...matrix, shape: [rows, cols] };
}
