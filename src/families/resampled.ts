import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;

/** A statistic with its hierarchical bootstrap interval, and what it would be if all families had gained the same. */
export const Resampled = Type.Object(
  {
    /** The statistic of the gains as they are; interval: percentile bootstrap. */
    value: Measured,
    /** Median and central 95 % of the same draws with every family moved to the mean gain; null where it has none. */
    null: Type.Union([
      Type.Object({ median: Type.Number(), low: Type.Number(), high: Type.Number() }, closed),
      Type.Null(),
    ]),
    /** Share of the null draws that are at least as large as the value. */
    exceeded: Type.Union([Type.Number(), Type.Null()]),
  },
  closed,
);
export type Resampled = Type.Static<typeof Resampled>;

/** The statistics of METHOD § 2.4 on one scale. */
export const ScaleResampled = Type.Object(
  {
    Q: Resampled,
    F: Resampled,
    S: Resampled,
    tau: Resampled,
    CAI: Resampled,
    effectiveFamilies: Resampled,
    gini: Resampled,
  },
  closed,
);
export type ScaleResampled = Type.Static<typeof ScaleResampled>;
