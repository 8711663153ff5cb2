import Type from 'typebox';
import { defaultConstants } from '../base/constants.ts';
import { papers } from '../base/paper.ts';
import { type ReportFormat, reportFormats } from '../base/report-formats.ts';
import { Id } from './id.ts';
import { SuiteConfig } from './suite-config.ts';

export { type ReportFormat, reportFormats, SuiteConfig };

const closed = { additionalProperties: false } as const;

export const CheckpointConfig = Type.Object(
  {
    id: Id,
    path: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Folder, weight file or adapter folder, relative to this file, or a hub id (org/name). Left out where there are no weights: then nothing is measured, and scores are joined unattested.',
      }),
    ),
    diagnostics: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'Diagnostics that somebody else measured, relative to this file: CSV or JSON with checkpoint, base, group, role, depth, diagnostic, value, k, n, source. Marked as recorded wherever they are shown.',
      }),
    ),
    base: Type.Optional(Type.String({ description: 'Id of the checkpoint it was trained from.' })),
    condition: Type.Optional(Type.String({ description: 'Name of the training run, for trajectories.' })),
    step: Type.Optional(Type.Number({ minimum: 0, description: 'Training step, for trajectories.' })),
  },
  closed,
);
export type CheckpointConfig = Type.Static<typeof CheckpointConfig>;

/** Part of what a diagnostic is: the definition of α shares and of the geometry score does not vary by config. */
const definitional = ['alpha_low', 'alpha_high', 'tail_high', 'geometry_scale', 'storage_noise'];

const thresholds = Object.fromEntries(
  Object.keys(defaultConstants)
    .filter((key) => !definitional.includes(key))
    .map((key) => [key, Type.Optional(Type.Number())]),
) as Record<keyof typeof defaultConstants, Type.TOptional<Type.TNumber>>;

/** How an adaptive evaluation stops. */
export const AdaptiveConfig = Type.Object(
  {
    decide: Type.Optional(
      Type.Array(Type.Enum(['gate', 'axis']), {
        minItems: 1,
        uniqueItems: true,
        description:
          'gate: each family against the margin. axis: targeted against coverage families. Both when left out.',
      }),
    ),
    alpha: Type.Optional(
      Type.Number({ minimum: 0.000001, maximum: 0.5, description: 'Largest rate of wrong decisions; 0.05.' }),
    ),
    blocks: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1 }), {
        minItems: 1,
        description: 'Items per family after which is looked, cumulative and growing. Each look is a harness process.',
      }),
    ),
    max_share: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'Largest share of the items to spend; 1.' }),
    ),
    seed: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 2147483647, description: 'Of the order of items; the config’s seed.' }),
    ),
  },
  closed,
);
export type AdaptiveConfig = Type.Static<typeof AdaptiveConfig>;

/** A Skiagram config file: which checkpoints, which suites, how families are read. */
export const Config = Type.Object(
  {
    title: Type.Optional(Type.String({ minLength: 1 })),
    checkpoints: Type.Array(CheckpointConfig, { minItems: 1 }),
    suites: Type.Optional(Type.Array(SuiteConfig)),
    families: Type.Optional(
      Type.String({
        description:
          'Families file, relative to this file, laid over the built-in families; `default` or nothing means those alone.',
      }),
    ),
    axis: Type.Optional(
      Type.Object(
        {
          targeted: Type.Array(Type.String(), {
            description: 'Families the training aimed at; declare them before you see scores.',
          }),
          coverage: Type.Array(Type.String(), { description: 'Families that stand for broad ability.' }),
        },
        closed,
      ),
    ),
    diagnostics: Type.Optional(
      Type.Object(
        {
          engine: Type.Optional(Type.Enum(['auto', 'native', 'portable', 'torch'])),
          base_pairs: Type.Optional(
            Type.Boolean({ description: 'Compare weights with the base; true when left out.' }),
          ),
          step_pairs: Type.Optional(
            Type.Boolean({
              description: 'Compare consecutive checkpoints of a condition (one pass over both); true when left out.',
            }),
          ),
          extended: Type.Optional(
            Type.Boolean({
              description:
                'Also the spectrum of the difference, the subspace overlap and the median change of an entry; two to three times the work, false when left out.',
            }),
          ),
          null_draws: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 100,
              description: 'Magnitude-matched random changes per matrix; 5 when left out.',
            }),
          ),
        },
        closed,
      ),
    ),
    trajectory: Type.Optional(
      Type.Object(
        {
          reference: Type.String({
            description:
              'Condition that the others are compared with at the same steps; choose it before you see numbers.',
          }),
        },
        closed,
      ),
    ),
    adaptive: Type.Optional(AdaptiveConfig),
    thresholds: Type.Optional(
      Type.Object(thresholds, {
        ...closed,
        description: 'Overrides of the method’s constants; all are printed in the report.',
      }),
    ),
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2147483647 })),
    offline: Type.Optional(Type.Boolean({ description: 'Keep the harness from using the network.' })),
    gate: Type.Optional(
      Type.Unsafe<string | Readonly<Record<string, unknown>>>({
        type: ['string', 'object'],
        description:
          'Release policy, or a file that holds one, relative to this file: the run then writes gate.json and ends with its exit code.',
      }),
    ),
    report: Type.Optional(
      Type.Object(
        {
          formats: Type.Optional(Type.Array(Type.Enum(reportFormats), { minItems: 1 })),
          paper: Type.Optional(Type.Enum(papers, { description: 'Sheet of the PDF; a4 when left out.' })),
          template: Type.Optional(
            Type.String({
              minLength: 1,
              description: 'Folder with templates of your own, relative to this file; see docs/OUTPUTS.md.',
            }),
          ),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'Skiagram config' },
);
export type Config = Type.Static<typeof Config>;
