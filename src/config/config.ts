import Type from 'typebox';
import { defaultConstants } from '../base/constants.ts';
import { papers } from '../base/paper.ts';
import { type ReportFormat, reportFormats } from '../base/report-formats.ts';
import { resultFormats } from '../base/result-formats.ts';
import { TableMapping } from '../base/table-mapping.ts';

export { type ReportFormat, reportFormats };

const closed = { additionalProperties: false } as const;
const Id = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
  description: 'Letters, digits, dot, dash, underscore.',
});

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

export const SuiteConfig = Type.Object(
  {
    id: Id,
    harness: Type.Enum(['lm-eval', 'import'], {
      description: 'lm-eval: run it, or read what it recorded. import: read what another harness wrote.',
    }),
    model: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          'lm-eval model type: hf (when left out), vllm, sglang, hf-multimodal, local-completions, gguf, openai-chat-completions, … Where a server answers or a converted copy is loaded, nobody vouches that it is this checkpoint: such scores need `unattested: true`.',
      }),
    ),
    model_args: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description:
          'Passed on to lm-eval; saved with the results, so never put a secret here: keys of services come from the environment (OPENAI_API_KEY). {checkpoint} stands for the checkpoint id, {path} for its path.',
      }),
    ),
    checkpoint_args: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown()), {
        description: 'More model_args of single checkpoints, by id: where each one’s server is, say.',
      }),
    ),
    tasks: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        description: 'Tasks, groups or tags. With `import`: only these tasks; all that the files hold when left out.',
      }),
    ),
    files: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })]), {
        description: 'With `import`: results files or folders of each checkpoint, relative to this file.',
      }),
    ),
    format: Type.Optional(
      Type.Enum(resultFormats, { description: 'With `import`: their format; found by content when left out.' }),
    ),
    models: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'With `import`: what the files call each checkpoint, where they hold several models.',
      }),
    ),
    mapping: Type.Optional(TableMapping),
    scale: Type.Optional(
      Type.Enum(['proportion', 'percent', 'points'], {
        description: 'With `import`: what numbers are counted in whose source does not say so (model cards do not).',
      }),
    ),
    include_path: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], {
        description:
          'Folders with task files of your own, relative to this file; relative `data_files` start at the first. Task files can run code: treat them as code.',
      }),
    ),
    num_fewshot: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Examples in the prompt; ignored by tasks whose own file says 0.' }),
    ),
    batch_size: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1 }), Type.String({ pattern: '^auto(:[0-9]+)?$' })], {
        description: 'A number, auto or auto:N; 1 when left out.',
      }),
    ),
    max_batch_size: Type.Optional(Type.Integer({ minimum: 1, description: 'Largest size that auto may choose.' })),
    device: Type.Optional(Type.String({ description: 'cpu (when left out), cuda:0, mps, …' })),
    devices: Type.Optional(
      Type.Array(Type.String(), {
        minItems: 1,
        uniqueItems: true,
        description: 'Devices that checkpoints are spread over instead of `device`, one process on each at a time.',
      }),
    ),
    dtype: Type.Optional(
      Type.String({
        description: 'Storage type of the weights, e.g. bfloat16; what the checkpoint says when left out.',
      }),
    ),
    limit: Type.Optional(
      Type.Number({ exclusiveMinimum: 0, description: 'First items of each task; below 1, a share of them.' }),
    ),
    seed: Type.Optional(
      Type.Union([Type.Integer(), Type.Array(Type.Integer(), { minItems: 4, maxItems: 4 })], {
        description: 'One seed, or four for python, numpy, torch and the choice of few-shot examples.',
      }),
    ),
    apply_chat_template: Type.Optional(
      Type.Union([Type.Boolean(), Type.String({ minLength: 1 })], {
        description:
          'true for the tokenizer’s chat template, or the name of one of several. false when left out, with a warning where the tokenizer has one: it changes the benchmark, so say which you mean.',
      }),
    ),
    system_instruction: Type.Optional(Type.String({ description: 'Text before every prompt.' })),
    fewshot_as_multiturn: Type.Optional(
      Type.Boolean({
        description: 'Examples as turns of a conversation; lm-eval does so by default with a chat template.',
      }),
    ),
    gen_kwargs: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { description: 'Generation settings over those of the tasks.' }),
    ),
    unsafe_code: Type.Optional(
      Type.Boolean({ description: 'Let tasks run code that the model wrote (humaneval, mbpp) on this machine.' }),
    ),
    trust_remote_code: Type.Optional(
      Type.Boolean({
        description: 'Let Python code that comes with the checkpoint or a data set run on this machine.',
      }),
    ),
    config: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'Further keys of lm-eval’s own config file (`lm_eval run --config`), as they are.',
      }),
    ),
    timeout_minutes: Type.Optional(
      Type.Number({
        exclusiveMinimum: 0,
        description: 'Longest that one checkpoint may take; what was answered is kept.',
      }),
    ),
    recorded: Type.Optional(
      Type.String({
        description:
          'Read results of an earlier run from this folder instead of running the harness; {checkpoint} stands for the checkpoint id.',
      }),
    ),
    unattested: Type.Optional(
      Type.Boolean({
        description:
          'Join scores that do not say which weights were scored (recorded without an attestation, or answered by a server), and mark them.',
      }),
    ),
  },
  closed,
);
export type SuiteConfig = Type.Static<typeof SuiteConfig>;

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
