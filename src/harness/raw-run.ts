import Type from 'typebox';

/** One document under one filter, as the harness scored it. */
export const RawSample = Type.Object(
  {
    docId: Type.Integer(),
    /** Equal hashes mean the same document, prompt and target in both runs. Null where the harness writes none. */
    docHash: Type.Union([Type.String(), Type.Null()]),
    promptHash: Type.Union([Type.String(), Type.Null()]),
    targetHash: Type.Union([Type.String(), Type.Null()]),
    /** Items sharing a passage, image or template; null = its own cluster. */
    cluster: Type.Union([Type.String(), Type.Null()]),
    filter: Type.String(),
    /** Per-sample value of each scalar metric in [0, 1]; corpus metrics are left out. */
    metrics: Type.Record(Type.String(), Type.Number()),
  },
  { additionalProperties: false },
);
export type RawSample = Type.Static<typeof RawSample>;

export const RawMetric = Type.Object(
  {
    metric: Type.String(),
    filter: Type.String(),
    value: Type.Union([Type.Number(), Type.Null()], {
      description: 'Null where the harness wrote a non-finite number.',
    }),
    stderr: Type.Union([Type.Number(), Type.Null()]),
    higherIsBetter: Type.Union([Type.Boolean(), Type.Null()]),
  },
  { additionalProperties: false },
);
export type RawMetric = Type.Static<typeof RawMetric>;

export const RawTask = Type.Object(
  {
    task: Type.String(),
    version: Type.Union([Type.String(), Type.Null()]),
    nShot: Type.Union([Type.Integer(), Type.Null()]),
    outputType: Type.Union([Type.String(), Type.Null()]),
    /** lm-eval's task hash: equal = same prompts. */
    hash: Type.Union([Type.String(), Type.Null()]),
    n: Type.Union([Type.Integer(), Type.Null()]),
    /** Items in the full task; larger than n when a limit was set. */
    nOriginal: Type.Union([Type.Integer(), Type.Null()]),
    metrics: Type.Array(RawMetric),
    samples: Type.Array(RawSample),
    /** What was odd about this task: non-finite log-likelihoods, samples that do not add up to the score, … */
    warnings: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }, { additionalProperties: false })),
  },
  { additionalProperties: false },
);
export type RawTask = Type.Static<typeof RawTask>;

/** Artifact `scores/<id>.json`, what one harness said about one checkpoint, in one normal form. */
export const RawRun = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    harness: Type.String(),
    harnessVersion: Type.Union([Type.String(), Type.Null()]),
    suite: Type.String(),
    /** Fingerprint of the weights that were scored; null = unattested. */
    fingerprint: Type.Union([Type.String(), Type.Null()]),
    /** Settings that must agree between compared runs: dtype, batch size, limit, seeds, chat template hash, … */
    settings: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
    /** ISO 8601, UTC. */
    date: Type.Union([Type.String(), Type.Null()]),
    /** Base names of the files that were read, with their SHA-256. */
    files: Type.Array(Type.Object({ name: Type.String(), sha256: Type.String() }, { additionalProperties: false })),
    tasks: Type.Array(RawTask),
  },
  { additionalProperties: false },
);
export type RawRun = Type.Static<typeof RawRun>;
