import Type from 'typebox';
import { Measured } from '../../base/measured.ts';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One number in both runs, and what it changed by. */
export const Moved = Type.Object(
  {
    /** `S`, `D`, … or a family's id, or the id of a model diagnostic. */
    id: Type.String(),
    title: Type.String(),
    unit: Type.String(),
    before: Measured,
    after: Measured,
    /** After minus before, with a 95 % interval that takes the runs as independent. */
    difference: Measured,
    /** Two-sided p of no difference, and p adjusted within its pool (Benjamini–Hochberg); null where there is no interval. */
    p: Maybe(Type.Number()),
    q: Maybe(Type.Number()),
    /** `differs`: q at or below the level; `not-settled`: it is not; `same`: equal to the last digit; `unknown`: no interval. */
    status: Type.Enum(['differs', 'not-settled', 'same', 'unknown']),
  },
  closed,
);
export type Moved = Type.Static<typeof Moved>;

export const ComparedPair = Type.Object(
  {
    checkpoint: Type.String(),
    base: Type.String(),
    /** Whether both runs looked at the same weights; null where one of them does not say. */
    sameWeights: Maybe(Type.Boolean()),
    verdict: Type.Object({ before: Type.String(), after: Type.String(), changed: Type.Boolean() }, closed),
    confidence: Type.Object({ before: Type.String(), after: Type.String(), changed: Type.Boolean() }, closed),
    families: Type.Array(Moved),
    indices: Type.Array(Moved),
    findings: Type.Array(Type.Object({ id: Type.String(), before: Type.String(), after: Type.String() }, closed), {
      description: 'Those whose status changed; `absent` where a run did not look for it.',
    }),
  },
  closed,
);
export type ComparedPair = Type.Static<typeof ComparedPair>;

const Sides = Type.Object({ before: Type.Array(Type.String()), after: Type.Array(Type.String()) }, closed);

/** Output of `skiagram compare`: what changed between two runs. */
export const RunsCompared = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    before: Type.Object({ run: Type.String(), title: Type.String() }, closed),
    after: Type.Object({ run: Type.String(), title: Type.String() }, closed),
    /** Constants, harness versions, engines and seeds that differ, as sentences. */
    settings: Type.Array(Type.String()),
    comparisons: Type.Array(ComparedPair),
    checkpoints: Type.Array(
      Type.Object({ id: Type.String(), sameWeights: Maybe(Type.Boolean()), diagnostics: Type.Array(Moved) }, closed),
    ),
    /** What only one of the runs has. */
    only: Type.Object({ comparisons: Sides, checkpoints: Sides }, closed),
    /** Level and sizes of the pools of the correction. */
    correction: Type.Object(
      {
        method: Type.Literal('Benjamini–Hochberg'),
        q: Type.Number(),
        families: Type.Integer(),
        indices: Type.Integer(),
        diagnostics: Type.Integer(),
      },
      closed,
    ),
    notes: Type.Array(Type.String()),
  },
  closed,
);
export type RunsCompared = Type.Static<typeof RunsCompared>;
