import Type from 'typebox';

const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Optional(Type.Union([schema, Type.Null()]));
const Bag = Type.Record(Type.String(), Type.Unknown());
/** YAML makes a number of a revision like `12345`. */
const Name = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);

const Metric = Type.Object({
  type: Type.String({ minLength: 1 }),
  name: Maybe(Name),
  value: Type.Unknown(),
  args: Type.Optional(Type.Unknown()),
});
export type CardMetric = Type.Static<typeof Metric>;

const Result = Type.Object({
  dataset: Type.Object({
    type: Type.String({ minLength: 1 }),
    name: Maybe(Name),
    config: Maybe(Name),
    split: Maybe(Name),
    revision: Maybe(Name),
    args: Maybe(Bag),
  }),
  metrics: Type.Array(Metric, { minItems: 1 }),
});
export type CardResult = Type.Static<typeof Result>;

/** The `model-index` of a model card (huggingface_hub repocard_data.py), as far as it is read. */
export const ModelCard = Type.Object({
  'model-index': Type.Array(Type.Object({ name: Name, results: Type.Array(Result) }), { minItems: 1 }),
});
