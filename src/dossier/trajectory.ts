import Type from 'typebox';
import { Measured } from '../base/measured.ts';

const closed = { additionalProperties: false } as const;

/** Trends of METHOD § 4.6 and Table 1, in the order in which they are looked for. `too-short`: fewer than two checkpoints after warm-up. */
export const trends = ['stuck', 'gap', 'recover', 'stable', 'unclassified', 'too-short'] as const;
export type Trend = (typeof trends)[number];

/** One checkpoint of a condition beside the reference condition at the same step. */
export const TrajectoryPoint = Type.Object(
  {
    checkpoint: Type.String(),
    step: Type.Number(),
    /** Share of matrices with α in [2, 6], percent; k of n. */
    share: Measured,
    /** Colour of Table 1: green from 78 %, red below 70 %; null where there is no share. */
    band: Type.Union([Type.Literal('green'), Type.Literal('yellow'), Type.Literal('red'), Type.Null()]),
    /** The first checkpoint is not judged. */
    warmUp: Type.Boolean(),
    /** Share minus the reference's at the same step, points; null for the reference itself. */
    difference: Type.Union([Measured, Type.Null()]),
    /** Test of the difference: McNemar over matched matrices, Fisher where only counts are known; null where there is none. */
    test: Type.Union([
      Type.Object(
        {
          method: Type.Enum(['McNemar', 'Fisher']),
          /** Matrices matched by name and shape (McNemar), or counted on this side (Fisher). */
          n: Type.Integer(),
          p: Type.Number(),
          /** BH over the checkpoints after warm-up; null for the warm-up, which is not judged. */
          q: Type.Union([Type.Number(), Type.Null()]),
          /** Matrices inside [2, 6] here and outside in the reference, and the other way round; null where only counts are known. */
          entered: Type.Union([Type.Integer(), Type.Null()]),
          left: Type.Union([Type.Integer(), Type.Null()]),
          /** Smallest p that any pairing of these counts could give (2·2^−|k − k_ref|); null where the sides count different numbers. */
          best: Type.Union([Type.Number(), Type.Null()]),
        },
        closed,
      ),
      Type.Null(),
    ]),
    /** Median over matched matrices of α minus the reference's, with an exact interval; null for the reference itself. */
    alphaDifference: Type.Union([Measured, Type.Null()]),
  },
  closed,
);
export type TrajectoryPoint = Type.Static<typeof TrajectoryPoint>;

/** The checkpoints of one training run (`condition`), in the order of training, beside a reference run. */
export const Trajectory = Type.Object(
  {
    condition: Type.String(),
    /** Condition it is compared with; null for the reference itself, or where there is none. */
    reference: Type.Union([Type.String(), Type.Null()]),
    points: Type.Array(TrajectoryPoint),
    trend: Type.Object(
      {
        label: Type.Enum(trends),
        /**
         * True where a share differs from the reference's after BH, in the direction that the label states; false where none
         * does; null where there is no reference to test against.
         */
        resolved: Type.Union([Type.Boolean(), Type.Null()]),
        reason: Type.String(),
        /** Points of share by which a checkpoint may differ from the reference and still count as equal. */
        tolerance: Type.Number(),
        /** Smallest tolerances at which the label becomes another. */
        fragility: Type.Array(Type.Object({ tolerance: Type.Number(), label: Type.Enum(trends) }, closed)),
        /** Exact sign test over the checkpoints after warm-up; two-sided p. */
        signTest: Measured,
      },
      closed,
    ),
    /** Trajectory diagnostics by id (change variance and what is made of it). */
    diagnostics: Type.Record(Type.String(), Measured),
    /** The interval in which the weights moved more for its length than in the run's others (phase-shift.ts); null where none stands out. */
    phaseShift: Type.Union([
      Type.Object({ from: Type.Number(), to: Type.Number(), ratio: Type.Number() }, closed),
      Type.Null(),
    ]),
    /** What was looked at to find it, or why it could not be looked for. */
    phaseShiftReason: Type.String(),
  },
  closed,
);
export type Trajectory = Type.Static<typeof Trajectory>;
