import Type from 'typebox';
import { resultFormats } from '../base/result-formats.ts';
import { TableMapping } from '../base/table-mapping.ts';
import { Id } from './id.ts';

const closed = { additionalProperties: false } as const;

/** One set of tasks that is run, or results that are read, for every checkpoint or some of them. */
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
