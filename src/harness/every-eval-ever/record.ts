import Type from 'typebox';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Bag = Type.Record(Type.String(), Type.Unknown());
const Count = Type.Integer({ minimum: 0 });
/** Since 0.3 the ends of an open range are written as texts. */
const Bound = Type.Union([Type.Number(), Type.Enum(['Infinity', '-Infinity'])]);

const Result = Type.Object({
  evaluation_result_id: Maybe(Type.String()),
  evaluation_name: Type.String({ minLength: 1 }),
  metric_config: Type.Object({
    lower_is_better: Type.Boolean(),
    metric_id: Maybe(Type.String({ minLength: 1 })),
    metric_name: Maybe(Type.String({ minLength: 1 })),
    metric_unit: Maybe(Type.String()),
    score_type: Maybe(Type.Enum(['binary', 'continuous', 'levels'])),
    min_score: Maybe(Bound),
    max_score: Maybe(Bound),
    metric_parameters: Maybe(Bag),
    has_unknown_level: Maybe(Type.Boolean()),
  }),
  score_details: Type.Object({
    /** Null where Python wrote NaN. */
    score: Type.Union([Type.Number(), Type.Null()]),
    uncertainty: Maybe(
      Type.Object({
        standard_error: Maybe(
          Type.Union([Type.Number({ minimum: 0 }), Type.Object({ value: Type.Number({ minimum: 0 }) })]),
        ),
        confidence_interval: Maybe(Bag),
        standard_deviation: Maybe(Type.Number()),
        num_samples: Maybe(Count),
      }),
    ),
  }),
  generation_config: Maybe(Type.Object({ generation_args: Maybe(Bag) })),
});
export type EvalResult = Type.Static<typeof Result>;

/** One file of Every Eval Ever (eval.schema.json 0.2 and 0.3), as far as it is read. */
export const EvalRecord = Type.Object({
  schema_version: Type.String(),
  evaluation_id: Type.String({ minLength: 1 }),
  evaluation_timestamp: Maybe(Type.String()),
  retrieved_timestamp: Type.String(),
  source_metadata: Type.Object({ source_type: Type.Enum(['documentation', 'evaluation_run']) }),
  model_info: Type.Object({ name: Maybe(Type.String()), id: Type.String({ minLength: 1 }) }),
  eval_library: Type.Object({ name: Type.String(), version: Type.String() }),
  evaluation_results: Type.Array(Result, { minItems: 1 }),
  detailed_evaluation_results: Maybe(
    Type.Object({
      file_path: Maybe(Type.String()),
      hash_algorithm: Maybe(Type.String()),
      checksum: Maybe(Type.String()),
      total_rows: Maybe(Count),
    }),
  ),
});
export type EvalRecord = Type.Static<typeof EvalRecord>;

/** One line of the instance file (instance_level_eval.schema.json 0.2 and 0.3), as far as it is read. */
export const Instance = Type.Object({
  evaluation_id: Type.String(),
  evaluation_name: Type.String(),
  evaluation_result_id: Maybe(Type.String()),
  sample_id: Type.String({ minLength: 1 }),
  input: Type.Object({ raw: Type.String(), reference: Type.Union([Type.String(), Type.Array(Type.String())]) }),
  evaluation: Type.Object({ score: Type.Union([Type.Number(), Type.Null()]) }),
});
export type Instance = Type.Static<typeof Instance>;
