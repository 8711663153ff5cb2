import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import type { Family } from '../families/family.ts';
import type { FamilyTaskGain } from '../families/family-gain.ts';
import { FindingStatus } from '../findings/finding.ts';
import { verdictIds } from '../verdict/verdict.ts';

/**
 * The parts of the artifacts that a gate reads, and only those: a dossier of a large model is mostly matrices, and checking
 * them, or compiling their schema, would take longer than the gate may. Objects are open, so newer minor
 * versions with more keys are read as well; another major version is refused.
 */
const Failed = Type.Object({ status: Type.Literal('failed'), error: Type.Object({ message: Type.String() }) });

/** What is read of a task's gain; the whole record was checked when it was written. */
const Gain = Type.Object({
  family: Type.String(),
  task: Type.String(),
  n: Type.Integer(),
  clusters: Type.Integer(),
  base: Type.Number(),
  subject: Type.Number(),
  gain: Measured,
  se: Type.String(),
  df: Type.Optional(Type.Number()),
  pairing: Type.Optional(
    Type.Object({ gained: Type.Integer(), lost: Type.Integer(), p: Type.Union([Type.Number(), Type.Null()]) }),
  ),
});

const Evidence = Type.Object({
  family: Type.String(),
  items: Type.Integer(),
  points: Measured,
  eGain: Type.Number(),
  eLoss: Type.Number(),
});

const Scores = Type.Union([
  Type.Object({
    status: Type.Literal('ok'),
    tasks: Type.Array(Type.Unsafe<FamilyTaskGain>(Gain)),
    adaptive: Type.Optional(Type.Object({ families: Type.Array(Evidence) })),
    refused: Type.Array(Type.Object({ task: Type.String(), reason: Type.String() })),
  }),
  Failed,
]);

const Families = Type.Array(
  Type.Unsafe<Family>(
    Type.Object({
      id: Type.String(),
      title: Type.String(),
      tasks: Type.Array(
        Type.Object({
          id: Type.String(),
          metric: Type.String(),
          filter: Type.String(),
          chance: Type.Union([Type.Number(), Type.Null()]),
          max: Type.Number(),
          source: Type.String(),
        }),
      ),
    }),
  ),
);

export const GateDossier = Type.Object({
  schemaVersion: Type.Literal('1.0'),
  title: Type.String(),
  families: Families,
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
      scores: Scores,
      weights: Type.Union([
        Type.Object({
          status: Type.Literal('ok'),
          model: Type.Record(Type.String(), Measured),
          restructuring: Type.Record(Type.String(), Type.Unknown()),
        }),
        Failed,
      ]),
    }),
  ),
});
export type GateDossier = Type.Static<typeof GateDossier>;

export const GateFindings = Type.Object({
  schemaVersion: Type.Literal('1.0'),
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
  schemaVersion: Type.Literal('1.0'),
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
