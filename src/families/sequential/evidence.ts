import Type from 'typebox';
import { Measured } from '../../base/measured.ts';
import { Side } from '../family.ts';

const closed = { additionalProperties: false } as const;

/**
 * What an anytime-valid interval says of a family against its margin. `at-margin` can only be known once all items were
 * answered; `open` is no answer.
 */
export const GateState = Type.Enum(['non-inferior', 'regressed', 'at-margin', 'open']);
export type GateState = Type.Static<typeof GateState>;

/** One family of an adaptive comparison. */
export const FamilyEvidence = Type.Object(
  {
    family: Type.String(),
    title: Type.String(),
    side: Side,
    /** Items answered by both checkpoints, and items there are. */
    items: Type.Integer(),
    available: Type.Integer(),
    rounds: Type.Integer(),
    roundsAvailable: Type.Integer(),
    /** Mean over tasks of subject minus base, raw points (×100), with its confidence sequence. */
    points: Measured,
    /** The same, chance-corrected; skipped where a chance level is not known. */
    kappa: Measured,
    gate: GateState,
    /** E-values of "the family did not rise" and "did not fall", and of "no task changed" (mean over tasks). */
    eGain: Type.Number(),
    eLoss: Type.Number(),
    eChange: Type.Number(),
    /** e-BH-adjusted over families. */
    qGain: Type.Number(),
    qLoss: Type.Number(),
    qChange: Type.Number(),
    /** Why no more items were answered. `all-items`: all were, so the numbers are exact. */
    stopped: Type.Enum(['decided', 'all-items', 'budget', 'running']),
  },
  closed,
);
export type FamilyEvidence = Type.Static<typeof FamilyEvidence>;

/** The contrast along the declared axis, by confidence sequences of its families at α/F each. */
export const AxisEvidence = Type.Object(
  {
    targeted: Type.Array(Type.String()),
    coverage: Type.Array(Type.String()),
    /** Mean gains of the sides and their difference, κ-points. */
    T: Measured,
    C: Measured,
    S: Measured,
    /** Difference of the sides on the log-odds of the families' mean scores. */
    logit: Measured,
    state: Type.Enum(['targeted-ahead', 'not-ahead', 'open']),
  },
  closed,
);
export type AxisEvidence = Type.Static<typeof AxisEvidence>;

/** Everything an adaptive comparison may say: statements that hold at whatever moment it was stopped. */
export const SequentialEvidence = Type.Object(
  {
    alpha: Type.Number(),
    /** Raw points. */
    margin: Type.Number(),
    seed: Type.Integer(),
    blocks: Type.Array(Type.Integer(), { description: 'Items per family after which was looked, cumulative.' }),
    decide: Type.Array(Type.Enum(['gate', 'axis'])),
    families: Type.Array(FamilyEvidence),
    axis: Type.Union([AxisEvidence, Type.Null()]),
    items: Type.Integer(),
    available: Type.Integer(),
  },
  closed,
);
export type SequentialEvidence = Type.Static<typeof SequentialEvidence>;
