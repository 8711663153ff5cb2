import Type from 'typebox';
import { RawRun } from './raw-run.ts';

/** Artifact `scores/<id>.json`: every suite's results of one checkpoint. */
export const RawRuns = Type.Object(
  { schemaVersion: Type.Literal('1.0'), runs: Type.Array(RawRun) },
  { additionalProperties: false },
);
export type RawRuns = Type.Static<typeof RawRuns>;
