import Type from 'typebox';

const closed = { additionalProperties: false } as const;

/** Where a chance level comes from: computed from the form of the question, read in a source that is named, or from memory. */
export const Confidence = Type.Enum(['derived', 'sourced', 'recalled'], {
  description:
    'derived: follows from the form of the question (1 of 4 options). sourced: read in the source named. recalled: from memory, not looked up.',
});
export type Confidence = Type.Static<typeof Confidence>;

const Direction = Type.Union([Type.Enum(['up', 'down', 'neutral']), Type.Object({ target: Type.Number() }, closed)], {
  description:
    'Which way is better; up when left out. neutral: more is neither better nor worse. {target: x}: nearer to x is better. Only `up` is ever pooled.',
});

const scale = {
  direction: Type.Optional(Direction),
  max: Type.Optional(
    Type.Union([Type.Number(), Type.Null()], {
      description: 'Score of a perfect model; 1 when left out, null where there is no bound.',
    }),
  ),
};

/** "acc", "exact_match,strict-match", or an object where this metric has a scale of its own. */
const Preference = Type.Unsafe<string | PreferenceObject>({
  type: ['string', 'object'],
  minLength: 1,
  description:
    'Metric, or "metric,filter". Without a filter: the filter `none`, or the only one that the results hold. As an object where this metric has another scale than the task.',
  required: ['metric'],
  additionalProperties: false,
  properties: {
    metric: Type.String({ minLength: 1 }),
    filter: Type.Optional(Type.String()),
    chance: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
    protocol: Type.Optional(Type.String({ description: 'pass@4, circular, …: how several answers became one score.' })),
    ...scale,
  },
});
interface PreferenceObject {
  readonly metric: string;
  readonly filter?: string;
  readonly chance?: number | null;
  readonly protocol?: string;
  readonly direction?: Direction;
  readonly max?: number | null;
}
export type Preference = Type.Static<typeof Preference>;
export type Direction = Type.Static<typeof Direction>;

const Names = Type.Array(Type.String({ minLength: 1 }));

const taskProperties = {
  aliases: Type.Optional(Names),
  match: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      description: 'Patterns with * for the parts of this benchmark (mmlu_*); parts are pooled into one task.',
    }),
  ),
  groups: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      description: 'Names that are averages over parts (mmlu_stem); they never count beside the parts.',
    }),
  ),
  metric: Type.Optional(Type.String({ minLength: 1, description: 'The one metric to read, e.g. acc; or `metrics`.' })),
  filter: Type.Optional(Type.String({ description: 'Filter of `metric`; "none" when left out.' })),
  metrics: Type.Optional(
    Type.Array(Preference, {
      minItems: 1,
      description: 'Metrics in order of preference; the first that all runs of the task hold is read in all of them.',
    }),
  ),
  chance: Type.Union([Type.Number(), Type.Null()], {
    description:
      'Expected score of guessing: 1/k for k options, 0 for free form, null where not known (the task is then shown but not pooled).',
  }),
  ...scale,
  options: Type.Optional(
    Type.Integer({ minimum: 2, description: 'Options of every item; circular evaluation needs it.' }),
  ),
  protocols: Type.Optional(
    Type.Array(Type.String(), { description: 'Protocols in which this task is reported beside the plain one.' }),
  ),
  source: Type.Optional(Type.String({ description: 'Where the chance level comes from, or why there is none.' })),
  confidence: Type.Optional(Confidence),
};

/** One benchmark: its names, how it is read and where guessing lies. */
export const TaskEntry = Type.Object(taskProperties, closed);
export type TaskEntry = Type.Static<typeof TaskEntry>;

/** A task, or null to take one out that the file below defines. One `type` keeps error messages to the point. */
const TaskOrNull = Type.Unsafe<TaskEntry | null>({ ...TaskEntry, type: ['object', 'null'] });

export const FamilyEntry = Type.Object(
  {
    title: Type.Optional(Type.String()),
    description: Type.Optional(Type.String()),
    modality: Type.Optional(Type.Enum(['text', 'image', 'video', 'multi'])),
    role: Type.Optional(
      Type.Enum(['matched', 'coverage'], {
        description:
          'Its usual side when training targets documents, perception or the like. A description; the axis is declared by you.',
      }),
    ),
    modules: Type.Optional(
      Type.Array(Type.Enum(['attention', 'mlp', 'vision', 'embeddings']), {
        description: 'Module groups it is assumed to lean on; a working assumption.',
      }),
    ),
    modules_source: Type.Optional(Type.String()),
    tasks: Type.Record(Type.String(), TaskOrNull),
  },
  closed,
);
export type FamilyEntry = Type.Static<typeof FamilyEntry>;

/** A families file: which tasks are read as one ability, and which side of the axis each family is on. */
export const FamiliesDocument = Type.Object(
  {
    extends: Type.Optional(
      Type.Enum(['default', 'none'], {
        description: 'default (when left out): this file is laid over the built-in one. none: this file alone.',
      }),
    ),
    same_metrics: Type.Optional(
      Type.Record(Type.String(), Names, {
        description: 'Other names of one and the same metric in other harnesses: {acc: [accuracy]}.',
      }),
    ),
    families: Type.Record(Type.String(), FamilyEntry),
    axis: Type.Optional(
      Type.Object(
        {
          targeted: Type.Array(Type.String(), {
            description: 'Families that the training aimed at. Declare them before the scores are seen.',
          }),
          coverage: Type.Array(Type.String(), { description: 'Families that stand for broad ability.' }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Skiagram families file' },
);
export type FamiliesDocument = Type.Static<typeof FamiliesDocument>;

/** A coarser reading of families: groups of their ids. */
export const CoarseDocument = Type.Object(
  {
    groups: Type.Record(
      Type.String(),
      Type.Object(
        {
          title: Type.String(),
          description: Type.Optional(Type.String()),
          families: Type.Array(Type.String(), { minItems: 1 }),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Skiagram coarse families file' },
);
export type CoarseDocument = Type.Static<typeof CoarseDocument>;
