import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import { Side } from '../families/family.ts';
import { verdictIds } from '../verdict/verdict.ts';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One model's place in one ranking. Scores are in κ-points: 0 is guessing, 100 the ceiling. */
export const Place = Type.Object(
  {
    model: Type.String(),
    /** With its standard error and 95 % interval, on the items that all ranked models answered. */
    score: Measured,
    rank: Type.Integer({ minimum: 1, description: '1 + models that score higher; equal scores share it.' }),
    best: Type.Integer({ minimum: 1, description: 'Best rank that the tests leave open.' }),
    worst: Type.Integer({ minimum: 1 }),
    tier: Type.Integer({ minimum: 1, description: 'Models whose best rank is equal share a tier.' }),
    letters: Maybe(
      Type.String({ description: 'Models that share a letter were not shown to differ; null = too many letters.' }),
    ),
    /** The score without the luck of being picked; skipped for fewer than three models. */
    shrunken: Measured,
    /** Share of draws of the noise in which it is among the first k. */
    top: Type.Array(Type.Object({ k: Type.Integer(), share: Type.Number() }, closed)),
    /** Share of weightings of the families under which it is first; null where there is one family, or in a family. */
    firstUnderWeightings: Maybe(Type.Number()),
  },
  closed,
);
export type Place = Type.Static<typeof Place>;

/** The difference of two models, `a` minus `b`, κ-points. */
export const PairDifference = Type.Object(
  {
    a: Type.String(),
    b: Type.String(),
    value: Type.Number(),
    se: Type.Number(),
    /** Simultaneous 95 % interval over all pairs (single step). */
    low: Type.Number(),
    high: Type.Number(),
    /** Adjusted over all pairs, step-down. */
    p: Type.Number(),
    /** The model that was shown to be better; null = neither. */
    better: Maybe(Type.String()),
  },
  closed,
);
export type PairDifference = Type.Static<typeof PairDifference>;

/** Models in order of their score, with what the tests leave open. */
export const Ranking = Type.Object(
  {
    /** `max-t`: paired over shared items. `holm`: some items are not shared, so differences are unpaired. */
    method: Type.Enum(['max-t', 'holm']),
    places: Type.Array(Place),
    differences: Type.Array(PairDifference),
  },
  closed,
);
export type Ranking = Type.Static<typeof Ranking>;

const Reason = Type.Object({ code: Type.String(), text: Type.String() }, closed);

export const BoardModel = Type.Object(
  {
    /** Name on the board: the checkpoint's id, with the run where two have the same. */
    model: Type.String(),
    checkpoint: Type.String(),
    run: Type.String({ description: 'Name of the run folder.' }),
    /** Other runs with the same results of the same weights. */
    alsoIn: Type.Array(Type.String()),
    base: Maybe(Type.String()),
    condition: Maybe(Type.String()),
    step: Maybe(Type.Number()),
    fingerprint: Maybe(Type.String()),
    architecture: Maybe(Type.String()),
    parameters: Maybe(Type.Integer()),
    attestation: Type.Enum(['attested', 'unattested', 'none']),
    /** `ranked`: on the aggregate. `families`: in some families only. `listed`: shown, in no test. */
    status: Type.Enum(['ranked', 'families', 'listed']),
    /** Why it is not ranked on the aggregate; empty where it is. */
    reasons: Type.Array(Reason),
    /** Mean of the families over all of the model's own items; for listed models, which have no place. */
    ownScore: Measured,
    tasks: Type.Array(
      Type.Object(
        {
          task: Type.String(),
          family: Type.String(),
          /** On the items that count; on its own items where it is in no ranking of the task. */
          score: Measured,
          counted: Type.Boolean(),
        },
        closed,
      ),
    ),
    /** Against its base, from its own run; null where it has none there. */
    verdict: Maybe(
      Type.Object(
        {
          base: Type.String(),
          verdict: Type.Enum(verdictIds),
          title: Type.String(),
          confidence: Type.Enum(['none', 'weak', 'moderate', 'strong']),
          text: Type.String(),
          restructuring: Type.String(),
          D: Measured,
          S: Measured,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type BoardModel = Type.Static<typeof BoardModel>;

export const BoardFamily = Type.Object(
  {
    family: Type.String(),
    title: Type.String(),
    side: Side,
    tasks: Type.Array(Type.String()),
    ranking: Maybe(Ranking),
    /** Why there is no ranking. */
    reason: Maybe(Type.String()),
  },
  closed,
);
export type BoardFamily = Type.Static<typeof BoardFamily>;

/** Artifact `leaderboard.json`: several models of one or more runs, ranked on what they have in common. */
export const Leaderboard = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    title: Type.String(),
    tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
    /** Newest date of the runs, ISO 8601: the same runs give the same file. */
    created: Type.String(),
    seed: Type.Integer(),
    /** Chance that any rank interval of one ranking is wrong. */
    level: Type.Number(),
    draws: Type.Integer(),
    weightings: Type.Integer(),
    runs: Type.Array(
      Type.Object(
        {
          run: Type.String(),
          title: Type.String(),
          /** When its newest score was measured; when it began, where no score says. */
          date: Maybe(Type.String()),
        },
        closed,
      ),
    ),
    models: Type.Array(BoardModel),
    /** On the unweighted mean of the families; null where fewer than two models hold every task that counts. */
    overall: Maybe(Ranking),
    overallReason: Maybe(Type.String()),
    families: Type.Array(BoardFamily),
    /** Tasks that count, and on what. */
    tasks: Type.Array(
      Type.Object(
        {
          task: Type.String(),
          family: Type.String(),
          metric: Type.String(),
          filter: Type.String(),
          chance: Type.Number(),
          max: Type.Number(),
          items: Type.Integer({ description: 'Items that all models of the task answered.' }),
          largest: Type.Integer({ description: 'Most items that any of them answered.' }),
          clusters: Maybe(Type.Integer()),
          /** False where some model has no items, so that differences are unpaired. */
          shared: Type.Boolean(),
          settings: Type.Record(Type.String(), Type.String()),
        },
        closed,
      ),
    ),
    notCompared: Type.Array(
      Type.Object(
        {
          task: Type.String(),
          models: Type.Array(Type.String()),
          /** True where the task counts for other models. */
          counts: Type.Boolean(),
          reason: Type.String(),
        },
        closed,
      ),
    ),
    limits: Type.Array(Type.String()),
  },
  closed,
);
export type Leaderboard = Type.Static<typeof Leaderboard>;
