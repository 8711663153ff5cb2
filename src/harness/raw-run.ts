import Type from 'typebox';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** One document under one filter, as the harness scored it. */
export const RawSample = Type.Object(
  {
    /** Index or name of the item within its task; the same item has the same id in every run of the task. */
    docId: Type.Union([Type.Integer(), Type.String()]),
    /** Equal hashes mean the same document, prompt and target in both runs. Null where the harness writes none. */
    docHash: Maybe(Type.String()),
    promptHash: Maybe(Type.String()),
    targetHash: Maybe(Type.String()),
    /** Items sharing a passage, image or template; null = its own cluster. */
    cluster: Maybe(Type.String()),
    filter: Type.String(),
    /** Per-sample value of each metric whose score is the mean over samples, in the unit of that metric; others are left out. */
    metrics: Type.Record(Type.String(), Type.Number()),
  },
  closed,
);
export type RawSample = Type.Static<typeof RawSample>;

/** What the numbers of a metric are counted in. */
export const Unit = Type.Enum(['proportion', 'percent', 'points', 'unknown'], {
  description:
    'proportion: 0 to 1. percent: 0 to 100. points: the scale of the task itself (max in the families file). unknown: the source does not say.',
});
export type Unit = Type.Static<typeof Unit>;

export const RawMetric = Type.Object(
  {
    metric: Type.String(),
    filter: Type.String(),
    value: Maybe(Type.Number({ description: 'As written; null where the harness wrote a non-finite number.' })),
    stderr: Maybe(Type.Number({ description: 'In the unit of the value.' })),
    higherIsBetter: Maybe(Type.Boolean()),
    /** Left out = points: the number is already on the scale that the families file gives. */
    unit: Type.Optional(Unit),
  },
  closed,
);
export type RawMetric = Type.Static<typeof RawMetric>;

export const RawTask = Type.Object(
  {
    task: Type.String(),
    version: Maybe(Type.String()),
    nShot: Maybe(Type.Integer()),
    outputType: Maybe(Type.String()),
    /** lm-eval's task hash: equal = same prompts. */
    hash: Maybe(Type.String()),
    /** How several answers to one item became one score, e.g. `pass@4`, `circular`, `mean of 4 epochs`; null or left out = one answer. */
    protocol: Type.Optional(Maybe(Type.String())),
    n: Maybe(Type.Integer()),
    /** Items in the full task; larger than n when a limit was set. */
    nOriginal: Maybe(Type.Integer()),
    metrics: Type.Array(RawMetric),
    samples: Type.Array(RawSample),
    /** What was odd about this task: non-finite log-likelihoods, samples that do not add up to the score, … */
    warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }, closed)),
  },
  closed,
);
export type RawTask = Type.Static<typeof RawTask>;

/** Something that was in the files and is not in the normal form, and why. */
export const LeftOut = Type.Object({ what: Type.String(), reason: Type.String() }, closed);
export type LeftOut = Type.Static<typeof LeftOut>;

/**
 * An evaluation that was stopped once enough was known: not every item was answered, which ones is fixed by the seed, and
 * the scores belong beside no full run's.
 */
export const AdaptiveRun = Type.Object(
  {
    seed: Type.Integer(),
    alpha: Type.Number(),
    /** Raw points below the base that still count as not inferior. */
    margin: Type.Number(),
    decide: Type.Array(Type.Enum(['gate', 'axis'])),
    /** Items per family after which was looked, cumulative. */
    blocks: Type.Array(Type.Integer()),
    families: Type.Array(
      Type.Object(
        {
          family: Type.String(),
          /** Items answered, and items there are, by task. */
          tasks: Type.Array(
            Type.Object(
              {
                task: Type.String(),
                spent: Type.Integer(),
                available: Type.Integer(),
                /** Items there are in each part of a benchmark that is read as one task, asked or not. */
                parts: Type.Optional(
                  Type.Array(Type.Object({ part: Type.String(), available: Type.Integer() }, closed)),
                ),
              },
              closed,
            ),
          ),
          rounds: Type.Integer(),
          roundsAvailable: Type.Integer(),
          /** `all-items`: every item was answered. `budget`: the largest share allowed was. */
          stopped: Type.Enum(['decided', 'all-items', 'budget']),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AdaptiveRun = Type.Static<typeof AdaptiveRun>;

/** Artifact `scores/<id>.json`, what one harness said about one checkpoint, in one normal form. */
export const RawRun = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    /** Id of the format that was read, which is that of the harness that made it. */
    harness: Type.String(),
    harnessVersion: Maybe(Type.String()),
    /** What the files call the model; tells several models in one file apart, never weights. */
    model: Type.Optional(Maybe(Type.String())),
    suite: Type.String(),
    /** Fingerprint of the weights that were scored; null = unattested. */
    fingerprint: Maybe(Type.String()),
    /** True where the numbers are quoted (a model card, a table) and not the output of a harness. */
    claimed: Type.Optional(Type.Boolean()),
    /** Settings that must agree between compared runs: dtype, batch size, limit, seeds, chat template hash, … */
    settings: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    /** ISO 8601, UTC. */
    date: Maybe(Type.String()),
    /** Names of the files that were read, relative to what was named, with their SHA-256. */
    files: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String() }, closed)),
    tasks: Type.Array(RawTask),
    leftOut: Type.Optional(Type.Array(LeftOut)),
    /** Left out = every item was asked, or the first `limit` of them. */
    adaptive: Type.Optional(AdaptiveRun),
  },
  closed,
);
export type RawRun = Type.Static<typeof RawRun>;
