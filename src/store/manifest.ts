import Type from 'typebox';
import { ErrorInfo } from '../base/error.ts';

const closed = { additionalProperties: false } as const;

/** Artifact `manifest.json`: what was asked, on what, with which versions, and how each stage ended. */
export const Manifest = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
    node: Type.String(),
    platform: Type.String(),
    engine: Type.Union([Type.String(), Type.Null()]),
    started: Type.String(),
    finished: Type.Union([Type.String(), Type.Null()]),
    /** SHA-256 of the config's content. */
    configHash: Type.String(),
    stages: Type.Array(
      Type.Object(
        {
          stage: Type.String(),
          subject: Type.String(),
          outcome: Type.Enum(['done', 'reused', 'failed']),
          seconds: Type.Number(),
          error: Type.Optional(ErrorInfo),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type Manifest = Type.Static<typeof Manifest>;

/** Artifact of a harness run, beside its results: which weights were scored. */
export const Attestation = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    checkpoint: Type.String(),
    suite: Type.String(),
    /** Fingerprint before the harness started; it was the same when it ended. */
    fingerprint: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    /** SHA-256 of the settings that decide the scores. */
    settingsHash: Type.String(),
    /** True where the harness did not load these weights itself, so that nobody vouches for which ones answered. */
    unattested: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type Attestation = Type.Static<typeof Attestation>;
