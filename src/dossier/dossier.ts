import Type from 'typebox';
import { ErrorInfo } from '../base/error.ts';
import { Measured } from '../base/measured.ts';
import { MatrixDiagnosis } from '../diagnostics/diagnosis.ts';
import { Asymmetry } from '../families/asymmetry.ts';
import { Family } from '../families/family.ts';
import { FamilyGain, FamilyTaskGain } from '../families/family-gain.ts';
import { SequentialEvidence } from '../families/sequential/evidence.ts';
import { Trajectory } from './trajectory.ts';

const closed = { additionalProperties: false } as const;

export type { Asymmetry, FamilyGain, FamilyTaskGain as TaskGain };

/** One score of one checkpoint on one task. */
export const ScoreRow = Type.Object(
  {
    task: Type.String(),
    family: Type.Union([Type.String(), Type.Null()]),
    metric: Type.String(),
    filter: Type.String(),
    /** Mean over items, in the metric's own scale (0..max), with its interval and n. */
    score: Measured,
    chance: Type.Union([Type.Number(), Type.Null()]),
    /** (score − chance)/(max − chance). */
    kappa: Measured,
    warnings: Type.Array(Type.String()),
  },
  closed,
);
export type ScoreRow = Type.Static<typeof ScoreRow>;

/** Restructuring of one module kind (decoder/q, decoder/up, …), METHOD § 3.3. */
export const GroupRestructuring = Type.Object(
  {
    group: Type.String(),
    role: Type.String(),
    matrices: Type.Integer(),
    D: Measured,
    G: Measured,
    relativeChange: Measured,
    correlation: Measured,
    regimes: Type.Record(Type.String(), Type.Integer()),
  },
  closed,
);
export type GroupRestructuring = Type.Static<typeof GroupRestructuring>;

export const Restructuring = Type.Object(
  {
    /** D̄, Ḡ and shares with block-bootstrap intervals over depth. */
    D: Measured,
    G: Measured,
    /** 1 − (1 − D̄)(1 − Ḡ), for display and ranking only. */
    RI: Measured,
    medianRelativeChange: Measured,
    /** Share of pooled matrices with m ≥ 0.5, and in regime deep, 0..1. */
    shareMoved: Measured,
    shareDeep: Measured,
    /** Parameter-weighted D̄, as a sensitivity. */
    weightedD: Measured,
    geometry: Type.Enum(['inert', 'unmoved', 'active', 'unclear']),
    label: Type.Enum(['limited', 'partial', 'deep', 'not-assessable']),
    layers: Type.Integer(),
    /** Share of the pooled matrices that was compared, 0..1; left out in dossiers of older versions. */
    compared: Type.Optional(Type.Number()),
    groups: Type.Array(GroupRestructuring),
    reasons: Type.Array(Type.Object({ code: Type.String(), text: Type.String() }, closed)),
  },
  closed,
);
export type Restructuring = Type.Static<typeof Restructuring>;

/** Subject against base: the join of both branches for the same two fingerprints. */
export const Comparison = Type.Object(
  {
    checkpoint: Type.String(),
    base: Type.String(),
    fingerprint: Type.String(),
    baseFingerprint: Type.String(),
    scores: Type.Union([
      Type.Object(
        {
          status: Type.Literal('ok'),
          tasks: Type.Array(FamilyTaskGain),
          families: Type.Array(FamilyGain),
          asymmetry: Asymmetry,
          /** Left out = both checkpoints answered all items, or the same first ones. */
          adaptive: Type.Optional(SequentialEvidence),
          refused: Type.Array(Type.Object({ task: Type.String(), reason: Type.String() }, closed)),
        },
        closed,
      ),
      Type.Object({ status: Type.Literal('failed'), error: ErrorInfo }, closed),
    ]),
    weights: Type.Union([
      Type.Object(
        {
          status: Type.Literal('ok'),
          matrices: Type.Array(MatrixDiagnosis),
          model: Type.Record(Type.String(), Measured),
          restructuring: Restructuring,
          unpaired: Type.Integer(),
        },
        closed,
      ),
      Type.Object({ status: Type.Literal('failed'), error: ErrorInfo }, closed),
    ]),
  },
  closed,
);
export type Comparison = Type.Static<typeof Comparison>;

export const DossierCheckpoint = Type.Object(
  {
    id: Type.String(),
    base: Type.Union([Type.String(), Type.Null()]),
    condition: Type.Union([Type.String(), Type.Null()]),
    step: Type.Union([Type.Number(), Type.Null()]),
    path: Type.String({ description: 'As written in the config.' }),
    fingerprint: Type.Union([Type.String(), Type.Null()]),
    architecture: Type.Union([Type.String(), Type.Null()]),
    parameters: Type.Union([Type.Integer(), Type.Null()]),
    dtypes: Type.Record(Type.String(), Type.Integer()),
    matrices: Type.Object({ pooled: Type.Integer(), listed: Type.Integer() }, closed),
    leftOut: Type.Array(Type.Object({ reason: Type.String(), count: Type.Integer() }, closed)),
    /** `attested`: scores and spectra carry the same fingerprint. */
    attestation: Type.Union([Type.Literal('attested'), Type.Literal('unattested'), Type.Literal('none')]),
    scores: Type.Array(ScoreRow),
    /** Per-matrix diagnostics of this checkpoint alone, pooled matrices and listed ones. */
    matrixDiagnostics: Type.Array(MatrixDiagnosis),
    model: Type.Record(Type.String(), Measured),
    errors: Type.Array(Type.Object({ stage: Type.String(), error: ErrorInfo }, closed)),
  },
  closed,
);
export type DossierCheckpoint = Type.Static<typeof DossierCheckpoint>;

/** Artifact `dossier.json`: the join of scores and weights; the one document that findings, verdict, gate and report read. */
export const Dossier = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    title: Type.String(),
    /** Every threshold used, by the key of METHOD § 9. */
    constants: Type.Record(Type.String(), Type.Union([Type.Number(), Type.Array(Type.Number())])),
    seed: Type.Integer(),
    families: Type.Array(Family),
    axis: Type.Object(
      { declared: Type.Boolean(), targeted: Type.Array(Type.String()), coverage: Type.Array(Type.String()) },
      closed,
    ),
    harness: Type.Array(
      Type.Object(
        {
          suite: Type.String(),
          harness: Type.String(),
          version: Type.Union([Type.String(), Type.Null()]),
          settings: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
        },
        closed,
      ),
    ),
    engine: Type.Union([Type.String(), Type.Null()]),
    checkpoints: Type.Array(DossierCheckpoint),
    comparisons: Type.Array(Comparison),
    /** Conditions with two checkpoints or more; left out where there is none. */
    trajectories: Type.Optional(Type.Array(Trajectory)),
    /** What could not be assessed, in sentences. */
    limits: Type.Array(Type.String()),
  },
  closed,
);
export type Dossier = Type.Static<typeof Dossier>;
