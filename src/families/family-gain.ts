import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import { TaskGain } from '../scores/task-gain.ts';
import { Side } from './family.ts';

const closed = { additionalProperties: false } as const;

/** A task's gain with the family it counts in. */
export const FamilyTaskGain = Type.Object({ family: Type.String(), ...TaskGain.properties }, closed);
export type FamilyTaskGain = Type.Static<typeof FamilyTaskGain>;

/** Gain of a family, for two questions that must not be mixed (METHOD § 2.3). */
export const FamilyGain = Type.Object(
  {
    family: Type.String(),
    title: Type.String(),
    side: Side,
    tasks: Type.Integer(),
    /** "On these benchmarks": item noise only. */
    fixed: Measured,
    /** "On this kind of task": item noise and scatter between tasks. */
    random: Measured,
    logitFixed: Measured,
    logitRandom: Measured,
    /** Mean chance-corrected score before and after, in κ-points. */
    kappaBase: Type.Number(),
    kappaSubject: Type.Number(),
    /** Shrunken toward the mean of all families, for display. */
    shrunken: Measured,
    /** Smallest gain that this family's tasks find with 80 % power, κ-points; the note says for which target. */
    detectable: Type.Optional(Measured),
    /** BH-adjusted one-sided p of "no gain" over families, fixed-task. */
    qGain: Type.Union([Type.Number(), Type.Null()]),
    /** BH-adjusted one-sided p of "no loss" over families, fixed-task. */
    qLoss: Type.Union([Type.Number(), Type.Null()]),
    /** True where the base is at the ceiling, so that transfer cannot show (counts in neither mean of the axis). */
    ceiling: Type.Boolean(),
    flags: Type.Array(Type.String()),
  },
  closed,
);
export type FamilyGain = Type.Static<typeof FamilyGain>;
