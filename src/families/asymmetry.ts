import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import { Clause } from './clause.ts';
import { ScaleResampled } from './resampled.ts';

const closed = { additionalProperties: false } as const;

const ScaleTests = Type.Object({ Q: Measured, pQ: Measured, F: Measured, pF: Measured }, closed);

/** Everything of METHOD § 2.4 and the tests of § 4.1. */
export const Asymmetry = Type.Object(
  {
    declared: Type.Boolean(),
    targeted: Type.Array(Type.String()),
    coverage: Type.Array(Type.String()),
    /** Mean gain of the targeted and of the coverage families, κ-points, random-task intervals. */
    T: Measured,
    C: Measured,
    /** S: T − C where declared, else max − min with a simultaneous interval. */
    S: Measured,
    /** C − ½T: lower bound above 0 = transferring, upper bound below 0 = not transferring. */
    transferContrast: Measured,
    /** C/T with a Fieller interval. */
    transferRatio: Measured,
    kappa: ScaleTests,
    logit: ScaleTests,
    /** max of the four p values: intersection–union test. */
    pAsymmetric: Measured,
    /** pAsymmetric adjusted for the subjects of the report (BH); null where this one was not tested. */
    qAsymmetric: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    /** How many p values each BH adjustment had: over families (qGain, qLoss) and over subjects (qAsymmetric). */
    pools: Type.Optional(Type.Object({ families: Type.Integer(), subjects: Type.Integer() }, closed)),
    /** S with families as replicates; displayed, not used by the verdict. */
    acrossFamilies: Type.Optional(Measured),
    tau: Measured,
    /** The same τ with an interval that allows for scatter between tasks being estimated from few of them. */
    tauFewTasks: Type.Optional(Measured),
    CAI: Measured,
    effectiveFamilies: Measured,
    /** Gini of the positive shrunken gains, for display; families with a loss are listed in the note. */
    gini: Type.Optional(Measured),
    /** Statistics of METHOD § 2.4 with bootstrap intervals and null distributions, on both scales. */
    resampled: Type.Optional(
      Type.Object({ kappa: ScaleResampled, logit: ScaleResampled, draws: Type.Integer() }, closed),
    ),
    meanGain: Measured,
    /** The removal of one task that hurts most. */
    leaveOneOut: Type.Union([
      Type.Object({ task: Type.String(), S: Type.Number(), p: Type.Number(), holds: Type.Boolean() }, closed),
      Type.Null(),
    ]),
    /** Every removal that was tried; left out in dossiers of older versions. */
    removals: Type.Optional(
      Type.Array(Type.Object({ task: Type.String(), S: Type.Number(), p: Type.Number() }, closed)),
    ),
    /** Minimum detectable family difference at 80 % power, κ-points. */
    detectable: Measured,
    pattern: Type.Enum([
      'asymmetric-gain',
      'uneven-regression',
      'transferring',
      'uniform-gain',
      'uniform-regression',
      'no-change',
      'inconclusive',
    ]),
    /** Machine-readable reasons for the pattern, most important first. */
    reasons: Type.Array(Type.Object({ code: Type.String(), text: Type.String() }, closed)),
    /** Every clause that was looked at, in the order of the rules; left out in dossiers of older versions. */
    clauses: Type.Optional(Type.Array(Clause)),
    wording: Type.Union([Type.Literal('random-task'), Type.Literal('fixed-task')]),
  },
  closed,
);
export type Asymmetry = Type.Static<typeof Asymmetry>;
