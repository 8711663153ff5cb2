import Type from 'typebox';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Bag = Type.Record(Type.String(), Type.Unknown());
const Count = Type.Integer({ minimum: 0 });

/** `run_spec.json` of HELM (benchmark/run_spec.py), as far as it is read. */
export const RunSpec = Type.Object({
  name: Type.String({ minLength: 1 }),
  scenario_spec: Type.Object({ class_name: Type.String(), args: Maybe(Bag) }),
  /** Metrics and judges with their arguments. */
  metric_specs: Maybe(Type.Array(Type.Unknown())),
  annotators: Maybe(Type.Array(Type.Unknown())),
  adapter_spec: Type.Intersect([
    Type.Object({
      model: Type.String({ minLength: 1 }),
      method: Maybe(Type.String()),
      max_train_instances: Maybe(Count),
      max_eval_instances: Maybe(Count),
      num_train_trials: Maybe(Count),
    }),
    Bag,
  ]),
});
export type RunSpec = Type.Static<typeof RunSpec>;

/** One row of statistics (benchmark/metrics/statistic.py). Rows over nothing have a count of 0 and no mean. */
export const Stat = Type.Object({
  name: Type.Object({
    name: Type.String({ minLength: 1 }),
    split: Maybe(Type.String()),
    sub_split: Maybe(Type.String()),
    perturbation: Maybe(Bag),
  }),
  count: Count,
  sum: Maybe(Type.Number()),
  mean: Maybe(Type.Number()),
});
export type Stat = Type.Static<typeof Stat>;

/** `stats.json` */
export const Stats = Type.Array(Stat);

/** `per_instance_stats.json` */
export const InstanceStats = Type.Array(
  Type.Object({
    instance_id: Type.String({ minLength: 1 }),
    train_trial_index: Count,
    perturbation: Maybe(Bag),
    stats: Type.Array(Stat),
  }),
);
export type InstanceStats = Type.Static<typeof InstanceStats>;

/** `instances.json`: the questions, for their hashes. */
export const Instances = Type.Array(
  Type.Object({
    id: Maybe(Type.String()),
    input: Type.Unknown(),
    references: Maybe(Type.Array(Type.Unknown())),
    perturbation: Maybe(Bag),
  }),
);
