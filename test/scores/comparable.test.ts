import { describe, expect, test } from 'vitest';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { cautions, incomparable } from '../../src/scores/comparable.ts';
import { rawTask } from './raw-task.ts';

const settings = { limit: null, num_fewshot: 0, dtype: 'float32', fewshot_seed: 1234, batch_size: 8 };
const run: RawRun = {
  schemaVersion: '1.0',
  harness: 'lm-eval',
  harnessVersion: '0.4.13',
  suite: 's',
  fingerprint: null,
  settings,
  date: null,
  files: [],
  tasks: [],
};
const task = rawTask([1, 0, 1]);
const against = (changedRun: Partial<RawRun>, changedTask: Partial<RawTask> = {}): string | undefined =>
  incomparable({ run, task }, { run: { ...run, ...changedRun }, task: { ...task, ...changedTask } });

test.each([
  ['harness differs: lm-eval for the base, other for the subject', { harness: 'other' }, {}],
  ['harness version differs: 0.4.13 for the base, none for the subject', { harnessVersion: null }, {}],
  ['task version differs: 1 for the base, 2 for the subject', {}, { version: '2' }],
  [
    'output type differs: multiple_choice for the base, generate_until for the subject',
    {},
    { outputType: 'generate_until' },
  ],
  ['prompt hash differs: none for the base, abc for the subject', {}, { hash: 'abc' }],
  ['number of items differs: 3 for the base, 2 for the subject', {}, { n: 2 }],
  ['limit differs: none for the base, 100 for the subject', { settings: { ...settings, limit: 100 } }, {}],
  [
    'chat_template_sha differs: none for the base, f00 for the subject',
    { settings: { ...settings, chat_template_sha: 'f00' } },
    {},
  ],
  [
    'gen_kwargs differs: none for the base, {"t":1} for the subject',
    { settings: { ...settings, gen_kwargs: '{"t":1}' } },
    {},
  ],
] as const)('%s', (reason, changedRun, changedTask) => {
  expect(against(changedRun, changedTask)).toBe(reason);
});

test('every difference is named, with its side', () => {
  expect(
    against({ harnessVersion: '0.5', settings: { ...settings, dtype: 'bfloat16', torch_seed: 7 } }, { nShot: 5 }),
  ).toBe(
    'harness version differs: 0.4.13 for the base, 0.5 for the subject; number of shots differs: 0 for the base, 5 for the subject; dtype differs: float32 for the base, bfloat16 for the subject; torch_seed differs: none for the base, 7 for the subject',
  );
});

test('a task that was scored under another filter is another score', () => {
  const metrics = task.metrics.map((metric) => ({ ...metric, filter: 'strict-match' }));
  expect(against({}, { metrics })).toBe('filters differ: none for the base, strict-match for the subject');
});

test('what may move scores by rounding is a caution', () => {
  expect(cautions(run, { ...run, settings: { ...settings, batch_size: 64 } })).toEqual([
    'batch_size differs: 8 for the base, 64 for the subject',
  ]);
  expect(cautions(run, run)).toEqual([]);
});

test('what does not change the meaning of a score may differ: batch size, suite name and date', () => {
  expect(against({ suite: 'other', date: '2026-01-01', settings: { ...settings, batch_size: 64 } })).toBeUndefined();
});

test('a setting that one side does not mention is the same as none', () => {
  const { limit: _, ...unsaid } = settings;
  expect(against({ settings: unsaid })).toBeUndefined();
});

test('an adaptive run is compared with a full one only where both answered the same items', () => {
  const adaptive = { seed: 1, alpha: 0.05, margin: 2, decide: ['gate' as const], blocks: [100], families: [] };
  expect(against({ adaptive })).toBeUndefined();
  expect(against({ adaptive }, { n: 2, samples: task.samples.slice(0, 2) })).toBe(
    'the subject was evaluated adaptively, on 2 of 3 items, and the base on 3',
  );
});

describe('settings of any harness', () => {
  const having = (more: RawRun['settings']): Partial<RawRun> => ({ settings: { ...settings, ...more } });

  test.each([
    ['generate.temperature', 0.7],
    ['generate.max_tokens', 64],
    ['generation.top_p', 0.9],
    ['model_args.quantization', 'awq'],
    ['model_args.max_length', 2048],
    ['system_prompt', 'Be brief.'],
    ['library', 'inspect_ai'],
    ['model', 'vllm'],
    ['something_new', true],
  ])('%s decides', (name, value) => {
    expect(against(having({ [name]: value }))).toBe(`${name} differs: none for the base, ${value} for the subject`);
    expect(cautions(run, { ...run, ...having({ [name]: value }) })).toEqual([]);
  });

  test.each([
    ['model_args.parallelize', true],
    ['model_args.attn_implementation', 'sdpa'],
    ['model_args.tensor_parallel_size', 4],
    ['model_args.gpu_memory_utilization', 0.8],
    ['model_args.num_concurrent', 16],
    ['generate.max_connections', 20],
    ['device', 'cuda:0'],
    ['transformers_version', '5.0'],
  ])('%s is a caution', (name, value) => {
    expect(against(having({ [name]: value }))).toBeUndefined();
    expect(cautions(run, { ...run, ...having({ [name]: value }) })).toEqual([
      `${name} differs: none for the base, ${value} for the subject`,
    ]);
  });

  test('a name that every object has is no setting', () => {
    expect(against({ settings: { ...settings, constructor: null } })).toBeUndefined();
  });
});

test('a quoted number is held against no measured one', () => {
  expect(against({ claimed: true })).toBe('origin of the score differs: measured for the base, quoted for the subject');
});

test('the same items of another task are refused', () => {
  expect(against({}, { nOriginal: 1000 })).toContain('number of items in the task differs');
});
