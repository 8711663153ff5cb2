import Type from 'typebox';
import { ErrorInfo } from '../base/error.ts';
import { Measured } from '../base/measured.ts';
import { Family } from '../families/family.ts';
import { FamilyTaskGain } from '../families/family-gain.ts';
import { FamilyEvidence } from '../families/sequential/evidence.ts';
import { FindingStatus } from '../findings/finding.ts';
import { verdictIds } from '../verdict/verdict.ts';

/**
 * The parts of the artifacts that a gate reads, and only those: a dossier of a large model is mostly matrices, and checking them
 * would take longer than the gate may. Objects are open, so newer versions with more keys are read as well.
 */
const Failed = Type.Object({ status: Type.Literal('failed'), error: ErrorInfo });

export const GateScores = Type.Union([
  Type.Object({
    status: Type.Literal('ok'),
    tasks: Type.Array(FamilyTaskGain),
    adaptive: Type.Optional(Type.Object({ families: Type.Array(FamilyEvidence) })),
    refused: Type.Array(Type.Object({ task: Type.String(), reason: Type.String() })),
  }),
  Failed,
]);
export type GateScores = Type.Static<typeof GateScores>;

const indices = {
  D: Measured,
  G: Measured,
  RI: Measured,
  medianRelativeChange: Measured,
  shareMoved: Measured,
  shareDeep: Measured,
  weightedD: Measured,
};

export const GateDossier = Type.Object({
  schemaVersion: Type.String(),
  title: Type.String(),
  families: Type.Array(Family),
  harness: Type.Array(
    Type.Object({
      harness: Type.String(),
      version: Type.Union([Type.String(), Type.Null()]),
      settings: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    }),
  ),
  checkpoints: Type.Array(
    Type.Object({
      id: Type.String(),
      base: Type.Union([Type.String(), Type.Null()]),
      fingerprint: Type.Union([Type.String(), Type.Null()]),
      attestation: Type.String(),
      scores: Type.Array(
        Type.Object({ task: Type.String(), metric: Type.String(), filter: Type.String(), score: Measured }),
      ),
      model: Type.Record(Type.String(), Measured),
    }),
  ),
  comparisons: Type.Array(
    Type.Object({
      checkpoint: Type.String(),
      base: Type.String(),
      scores: GateScores,
      weights: Type.Union([
        Type.Object({
          status: Type.Literal('ok'),
          model: Type.Record(Type.String(), Measured),
          restructuring: Type.Object(indices),
        }),
        Failed,
      ]),
    }),
  ),
});
export type GateDossier = Type.Static<typeof GateDossier>;

export const GateFindings = Type.Object({
  schemaVersion: Type.String(),
  findings: Type.Array(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      checkpoint: Type.String(),
      status: FindingStatus,
      effect: Measured,
      plain: Type.String(),
      names: Type.Array(Type.String()),
    }),
  ),
});
export type GateFindings = Type.Static<typeof GateFindings>;

export const GateVerdict = Type.Object({
  schemaVersion: Type.String(),
  comparisons: Type.Array(
    Type.Object({
      checkpoint: Type.String(),
      verdict: Type.Enum([...verdictIds]),
      title: Type.String(),
      sentence: Type.String(),
      confidence: Type.Enum(['none', 'weak', 'moderate', 'strong']),
      plain: Type.Optional(Type.String()),
    }),
  ),
});
export type GateVerdict = Type.Static<typeof GateVerdict>;

/** Names of the restructuring indices, which rules may name as diagnostics. */
export const restructuringIndices = Object.keys(indices) as readonly (keyof typeof indices)[];
