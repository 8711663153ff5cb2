import Type from 'typebox';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Bag = Type.Record(Type.String(), Type.Unknown());
const Version = Type.Union([Type.Number(), Type.String(), Type.Null()]);

const MetricConfig = Type.Object({
  /** A list where one function gives several metrics. */
  metric_name: Type.Union([Type.String(), Type.Array(Type.String())]),
  higher_is_better: Maybe(Type.Union([Type.Boolean(), Type.Record(Type.String(), Type.Boolean())])),
  corpus_level_fn: Type.Optional(Type.Unknown()),
});

/** What a task was run with. Files before 2024 hold it as text, of which nothing is read. */
export const TaskConfig = Type.Object({
  metrics: Maybe(Type.Array(MetricConfig)),
  metric: Maybe(Type.Array(MetricConfig)),
  version: Type.Optional(Version),
  original_num_docs: Maybe(Type.Integer()),
  effective_num_docs: Maybe(Type.Integer()),
});
export type TaskConfig = Type.Static<typeof TaskConfig>;

/** `results_<stamp>.json` of lighteval (logging/evaluation_tracker.py), as far as it is read. */
export const LightevalResults = Type.Object({
  config_general: Type.Object({
    lighteval_sha: Maybe(Type.String()),
    model_name: Type.String({ minLength: 1 }),
    model_dtype: Maybe(Type.String()),
    model_config: Type.Optional(Type.Unknown()),
    max_samples: Maybe(Type.Integer({ minimum: 0 })),
    num_fewshot_seeds: Maybe(Type.Integer()),
  }),
  results: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
  versions: Maybe(Type.Record(Type.String(), Version)),
  config_tasks: Type.Record(Type.String(), Type.Union([TaskConfig, Type.String(), Type.Null()])),
  summary_tasks: Maybe(Type.Record(Type.String(), Type.Object({ hashes: Maybe(Bag) }))),
});
export type LightevalResults = Type.Static<typeof LightevalResults>;
