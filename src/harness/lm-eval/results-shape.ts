import Type from 'typebox';

const Text = Type.Union([Type.String(), Type.Null()]);
const Real = Type.Union([Type.Number(), Type.Null()]);
const Count = Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]);
const Flag = Type.Union([Type.Boolean(), Type.Null()]);
const byName = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Record(Type.String(), schema));

const TaskConfig = Type.Object({
  output_type: Type.Optional(Text),
  tag: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String()), Type.Null()])),
  metric_list: Type.Optional(
    Type.Union([
      Type.Array(Type.Object({ metric: Type.Optional(Type.String()), aggregation: Type.Optional(Text) })),
      Type.Null(),
    ]),
  ),
});

const Config = Type.Object({
  model: Type.Optional(Text),
  /** `k=v,k=v` in older files. */
  model_args: Type.Optional(Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  model_dtype: Type.Optional(Text),
  model_revision: Type.Optional(Text),
  batch_size: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
  device: Type.Optional(Text),
  limit: Type.Optional(Real),
  gen_kwargs: Type.Optional(Type.Union([Type.String(), Type.Record(Type.String(), Type.Unknown()), Type.Null()])),
  random_seed: Type.Optional(Real),
  numpy_seed: Type.Optional(Real),
  torch_seed: Type.Optional(Real),
  fewshot_seed: Type.Optional(Real),
});

/**
 * What is read of a results file of lm-eval 0.3 to 0.4 and its forks (HARNESS § 2). Every key but `results` may be
 * missing, and there may be more; a key that is read has to be of its type.
 */
export const ResultsShape = Type.Object({
  results: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
  groups: byName(Type.Record(Type.String(), Type.Unknown())),
  group_subtasks: byName(Type.Array(Type.String())),
  configs: byName(TaskConfig),
  versions: byName(Type.Union([Type.Number(), Type.String(), Type.Null()])),
  'n-shot': byName(Type.Union([Type.Integer({ minimum: 0 }), Type.String(), Type.Null()])),
  'n-samples': byName(Type.Object({ original: Type.Optional(Count), effective: Type.Optional(Count) })),
  higher_is_better: byName(Type.Record(Type.String(), Flag)),
  task_hashes: byName(Text),
  config: Type.Optional(Config),
  lm_eval_version: Type.Optional(Text),
  transformers_version: Type.Optional(Text),
  model_name: Type.Optional(Text),
  model_source: Type.Optional(Text),
  chat_template_sha: Type.Optional(Text),
  system_instruction_sha: Type.Optional(Text),
  fewshot_as_multiturn: Type.Optional(Flag),
});
