import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** What answering the same items told about a difference. */
export const Pairing = Type.Object(
  {
    /** Pearson correlation of the two checkpoints' item results; null where one side is constant. */
    correlation: Maybe(Type.Number()),
    /** Variance of the paired difference over that of two independent runs: 0.4 = pairing saved 60 % of it. */
    varianceRatio: Maybe(Type.Number()),
    /** Items that scored higher, and lower, in the subject. */
    gained: Type.Integer(),
    lost: Type.Integer(),
    /** Exact McNemar p of "as many gained as lost"; null unless every item is its own 0/1 cluster. */
    p: Maybe(Type.Number()),
  },
  closed,
);
export type Pairing = Type.Static<typeof Pairing>;

/** Gain of one task: subject minus base on the same items. Gains are in κ-points (×100) unless said. */
export const TaskGain = Type.Object(
  {
    task: Type.String(),
    /** Items compared, and clusters among them. */
    n: Type.Integer(),
    clusters: Type.Integer(),
    base: Type.Number(),
    subject: Type.Number(),
    kappaBase: Type.Number(),
    kappaSubject: Type.Number(),
    gain: Measured,
    /** Log-odds gain (natural log). */
    logit: Measured,
    se: Type.Union([
      Type.Literal('paired-clustered'),
      Type.Literal('unpaired-binomial'),
      Type.Literal('reported'),
      Type.Literal('adaptive'),
    ]),
    /** Degrees of freedom of the standard error; left out where it is not estimated from items. */
    df: Type.Optional(Type.Number()),
    pairing: Type.Optional(Pairing),
    /** Smallest gain that this task finds with 80 % power, κ-points. */
    detectable: Type.Optional(Measured),
    /** Why per-item results were not used, where they are there. */
    note: Type.Optional(Type.String()),
    flags: Type.Array(Type.String(), { description: 'ceiling, floor, unpaired, few-items, items-unused, …' }),
  },
  closed,
);
export type TaskGain = Type.Static<typeof TaskGain>;
