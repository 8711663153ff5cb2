import Type from 'typebox';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Bag = Type.Record(Type.String(), Type.Unknown());
const Count = Type.Integer({ minimum: 0 });

const Metric = Type.Object({
  name: Type.String(),
  /** Null where Python wrote NaN. */
  value: Type.Union([Type.Number(), Type.Null()]),
  /** Set where one metric gave several values, e.g. one per group of items. */
  group: Maybe(Type.String()),
});

const Score = Type.Object({
  name: Type.String({ minLength: 1 }),
  scorer: Type.String(),
  reducer: Maybe(Type.String()),
  scored_samples: Maybe(Count),
  unscored_samples: Maybe(Count),
  metrics: Type.Record(Type.String(), Metric),
});
export type InspectScore = Type.Static<typeof Score>;

/** `EvalLog` of inspect_ai (log/_log.py), as far as it is read: `header.json` of an archive, or a log in JSON. */
export const InspectLog = Type.Object({
  version: Type.Integer(),
  status: Type.String(),
  eval: Type.Object({
    task: Type.String({ minLength: 1 }),
    task_version: Maybe(Type.Union([Type.Integer(), Type.String()])),
    task_args: Maybe(Bag),
    created: Type.String(),
    model: Type.String(),
    model_generate_config: Maybe(Bag),
    model_args: Maybe(Bag),
    model_roles: Maybe(Type.Record(Type.String(), Type.Object({ model: Maybe(Type.String()) }))),
    scorers: Maybe(Type.Array(Type.Object({ name: Type.String(), options: Maybe(Bag) }))),
    dataset: Type.Object({ name: Maybe(Type.String()), samples: Maybe(Count) }),
    config: Type.Intersect([
      Type.Object({
        epochs: Maybe(Type.Integer({ minimum: 1 })),
        epochs_reducer: Maybe(Type.Array(Type.String())),
      }),
      Bag,
    ]),
    packages: Maybe(Type.Record(Type.String(), Type.String())),
  }),
  plan: Maybe(
    Type.Object({
      steps: Maybe(Type.Array(Type.Object({ solver: Type.String(), params: Maybe(Bag) }))),
      config: Maybe(Bag),
    }),
  ),
  results: Type.Object({
    total_samples: Count,
    completed_samples: Count,
    scores: Type.Array(Score),
  }),
  invalidated: Maybe(Type.Boolean()),
  samples: Maybe(Type.Array(Type.Unknown())),
});
export type InspectLog = Type.Static<typeof InspectLog>;

/** What is asked first: a run that did not end well may lack all the rest. */
export const InspectStatus = Type.Object({
  version: Type.Integer(),
  status: Type.Enum(['started', 'success', 'cancelled', 'error']),
  eval: Type.Object({ task: Type.String() }),
  error: Maybe(Type.Object({ message: Maybe(Type.String()) })),
});

const ScoreValue = Type.Unknown();

/** `EvalSample`, as far as it is read. */
export const InspectSample = Type.Object({
  id: Type.Union([Type.Integer(), Type.String()]),
  epoch: Type.Integer({ minimum: 1 }),
  input: Type.Union([Type.String(), Type.Array(Bag)]),
  target: Type.Union([Type.String(), Type.Array(Type.String())]),
  scores: Maybe(Type.Record(Type.String(), Type.Object({ value: ScoreValue }))),
});
export type InspectSample = Type.Static<typeof InspectSample>;
