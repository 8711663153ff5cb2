import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;

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
    flags: Type.Array(Type.String(), { description: 'ceiling, floor, unpaired, few-items, …' }),
  },
  closed,
);
export type TaskGain = Type.Static<typeof TaskGain>;
