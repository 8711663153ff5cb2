import Type from 'typebox';
import { Measured } from '../base/measured.ts';
import { Side } from '../families/family.ts';
import type { LeftOut } from '../harness/raw-run.ts';
import { verdictIds } from '../verdict/verdict.ts';

const closed = { additionalProperties: false } as const;
const Maybe = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** How the people who publish a score stand to the model (Every Eval Ever, `evaluator_relationship`). */
export const relationships = ['first_party', 'third_party', 'collaborative', 'other'] as const;

/** Where a task has its place on the hub, and in what the board of that place counts. */
export const HubDataset = Type.Object(
  {
    id: Type.String({ pattern: '^[A-Za-z0-9][\\w.-]*/[A-Za-z0-9][\\w.-]*$', description: 'Hub id of the dataset.' }),
    task_id: Type.String({ minLength: 1, description: 'Id of the task in the dataset’s eval.yaml.' }),
    scale: Type.Enum(['proportion', 'percent'], { description: 'What the board of that dataset counts in.' }),
    revision: Type.Optional(Type.String({ minLength: 1, description: 'Git revision of the dataset.' })),
  },
  closed,
);
export type HubDataset = Type.Static<typeof HubDataset>;

/** Tasks by name, with their places on the hub: what `skiagram card --datasets` reads. */
export const HubDatasets = Type.Record(Type.String(), HubDataset);
export type HubDatasets = Type.Static<typeof HubDatasets>;

/** What a score is counted in, as far as it is known: 0 to 1, 0 to 100, 0 to `max`, or not said. */
export const CardScale = Type.Object(
  { unit: Type.Enum(['proportion', 'percent', 'points', 'unknown']), max: Maybe(Type.Number()) },
  closed,
);
export type CardScale = Type.Static<typeof CardScale>;

/** One score with everything that a reader of it should know. */
export const CardScore = Type.Object(
  {
    /** Null where the run folder keeps no scores document. */
    suite: Maybe(Type.String()),
    harness: Maybe(Type.String()),
    harnessVersion: Maybe(Type.String()),
    /** True where the number is quoted and not the output of a harness. */
    claimed: Type.Boolean(),
    /** ISO 8601, UTC. */
    date: Maybe(Type.String()),
    task: Type.String(),
    family: Maybe(Type.String()),
    metric: Type.String(),
    filter: Type.String(),
    score: Measured,
    /** In the unit of the score. */
    stderr: Maybe(Type.Object({ value: Type.Number({ minimum: 0 }), method: Type.String() }, closed)),
    scale: CardScale,
    lowerIsBetter: Maybe(Type.Boolean()),
    /** Expected score of guessing, on the same scale. */
    chance: Maybe(Type.Number()),
    /** The score with guessing at 0 and the maximum at 1. */
    kappa: Measured,
    shots: Maybe(Type.Integer()),
    version: Maybe(Type.String()),
    /** How several answers to one item became one score; null = one answer. */
    protocol: Maybe(Type.String()),
    dataset: Maybe(HubDataset),
    warnings: Type.Array(Type.String()),
  },
  closed,
);
export type CardScore = Type.Static<typeof CardScore>;

/** What the change from one base amounts to. */
export const CardComparison = Type.Object(
  {
    base: Type.String(),
    baseFingerprint: Maybe(Type.String()),
    verdict: Type.Enum(verdictIds),
    title: Type.String(),
    confidence: Type.String(),
    plain: Type.String(),
    /** The two reasons that matter most for the confidence. */
    because: Type.Array(Type.String(), { maxItems: 2 }),
    next: Type.Array(Type.String()),
    /** Chance-corrected, ×100. */
    families: Type.Array(
      Type.Object(
        {
          title: Type.String(),
          side: Side,
          tasks: Type.Integer(),
          before: Type.Number(),
          after: Type.Number(),
          fixed: Measured,
          random: Measured,
        },
        closed,
      ),
    ),
    noScores: Maybe(Type.String()),
    weights: Maybe(
      Type.Object(
        {
          label: Type.String(),
          geometry: Type.String(),
          matrices: Type.Integer(),
          relativeChange: Measured,
          depth: Measured,
          geometryScore: Measured,
        },
        closed,
      ),
    ),
    noWeights: Maybe(Type.String()),
  },
  closed,
);
export type CardComparison = Type.Static<typeof CardComparison>;

/** One number about the weights of the checkpoint alone. */
export const CardSpectrum = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    description: Type.String(),
    unit: Type.String(),
    direction: Type.Enum(['higher', 'lower', 'range', 'none']),
    value: Measured,
  },
  closed,
);
export type CardSpectrum = Type.Static<typeof CardSpectrum>;

/** Everything that a model card says of one checkpoint (`card.json`); each other format shows a part of it. */
export const ModelCard = Type.Object(
  {
    schemaVersion: Type.Literal('1.0'),
    tool: Type.Object({ name: Type.String(), version: Type.String() }, closed),
    /** When the run was made, ISO 8601, UTC. */
    created: Type.String(),
    title: Type.String(),
    model: Type.Object(
      {
        name: Type.String(),
        hubId: Maybe(Type.String()),
        checkpoint: Type.String(),
        fingerprint: Maybe(Type.String()),
        architecture: Maybe(Type.String()),
        parameters: Maybe(Type.Integer()),
        dtypes: Type.Array(Type.String()),
        matrices: Type.Integer(),
        attestation: Type.Enum(['attested', 'unattested', 'none']),
      },
      closed,
    ),
    publisher: Type.Object(
      {
        organization: Maybe(Type.String()),
        relationship: Type.Enum(relationships),
        source: Maybe(Type.String({ pattern: '^https?://' })),
      },
      closed,
    ),
    comparisons: Type.Array(CardComparison),
    scores: Type.Array(CardScore),
    spectra: Type.Array(CardSpectrum),
    suites: Type.Array(
      Type.Object(
        {
          suite: Type.String(),
          harness: Type.String(),
          version: Maybe(Type.String()),
          settings: Type.Record(Type.String(), Maybe(Type.Union([Type.String(), Type.Number(), Type.Boolean()]))),
        },
        closed,
      ),
    ),
    axis: Type.Object(
      { declared: Type.Boolean(), targeted: Type.Array(Type.String()), coverage: Type.Array(Type.String()) },
      closed,
    ),
    seed: Type.Integer(),
    configHash: Maybe(Type.String()),
    limits: Type.Array(Type.String()),
  },
  closed,
);
export type ModelCard = Type.Static<typeof ModelCard>;

export type { LeftOut };
