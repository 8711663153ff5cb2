import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { lmEval } from '../../../src/harness/lm-eval/reader.ts';
import { mergeRuns } from '../../../src/harness/merge-runs.ts';
import { brokenTexts, expectRefused, type Variant, wrongValues } from '../malformed.ts';
import { type Files, headsOf, readAll, readHead } from '../read-files.ts';
import { fixtures } from '../stage.ts';

const older = readFileSync(join(import.meta.dirname, 'fixtures', 'v0.4.2.json'), 'utf8');
const oldest = readFileSync(join(import.meta.dirname, 'fixtures', 'v0.3.json.txt'), 'utf8');
const stamp = '2026-11-23T18-24-58.076193';
const results = `results_${stamp}.json`;
const good = readFileSync(join(fixtures, 'good', `${results}.txt`), 'utf8');
const sample = (task: string) => readFileSync(join(fixtures, 'good', `samples_${task}_${stamp}.jsonl`), 'utf8');
const rows = `samples_sk_mc_${stamp}.jsonl`;

describe('files of lm-eval', () => {
  test('of 0.4.2: indented names, arguments as one text, groups beside their members', async () => {
    const [run] = await readAll(lmEval, { 'out/results.json': older });
    expect(run).toMatchObject({
      harness: 'lm-eval',
      harnessVersion: '0.4.2',
      model: 'lab/small-model@step3000',
      date: '2024-03-09T16:00:00.500Z',
      settings: { model: 'hf', dtype: 'bfloat16', batch_size: '8', limit: 5, device: 'cuda:0', gen_kwargs: null },
    });
    expect(run?.files.map(({ name }) => name)).toEqual(['out/results.json']);
    expect(run?.leftOut).toEqual([{ what: 'shapes', reason: 'a group: its score repeats those of its members' }]);
    expect(run?.tasks.map(({ task, version, nShot, n, nOriginal }) => [task, version, nShot, n, nOriginal])).toEqual([
      ['round', '2', 0, 5, 5],
      ['flat', '1', 0, 5, 10],
      ['numbers', 'Yaml', 5, null, null],
    ]);
    expect(run?.tasks[1]?.metrics).toEqual([
      { metric: 'acc', filter: 'none', value: 0.2, stderr: null, higherIsBetter: true },
    ]);
    expect(run?.tasks[2]?.metrics).toEqual([
      { metric: 'exact_match', filter: 'get-answer', value: 0.75, stderr: 0.25, higherIsBetter: true },
      { metric: 'ter', filter: 'none', value: 61.5, stderr: 2.5, higherIsBetter: false },
    ]);
    expect(run?.tasks[1]?.warnings.map(({ code }) => code)).toEqual(['samples-missing', 'partial']);
  });

  test('of 0.3: no filters, no configs, numbers that are none', async () => {
    const [run] = await readAll(lmEval, { 'gptj.json': oldest });
    expect(run).toMatchObject({ harnessVersion: null, date: null, settings: { model: 'hf-causal', dtype: 'float16' } });
    // sha256("/models/lab/checkpoint-500") begins with these eight digits.
    expect(run?.model).toBe('checkpoint-500@853a34e5');
    expect(run?.tasks.map(({ task, version }) => `${task} ${version}`)).toEqual([
      'piqa 0',
      'wikitext 1',
      'lambada_openai 0',
    ]);
    expect(run?.tasks[0]?.metrics[0]).toEqual({
      metric: 'acc',
      filter: 'none',
      value: 0.71,
      stderr: 0.0105,
      higherIsBetter: null,
    });
    expect(run?.tasks[1]?.metrics.map(({ stderr }) => stderr)).toEqual([null, null, null]);
    expect(run?.tasks[2]?.metrics[0]).toMatchObject({ metric: 'ppl', value: null, stderr: null });
    expect(run?.tasks[2]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score', 'samples-missing']);
  });

  test('of 0.4.13 with samples, packed or not, and what is not a mean per item', async () => {
    const files: Files = {
      [`a/${results}`]: good,
      [`a/${rows}`]: sample('sk_mc'),
      [`a/samples_sk_roll_${stamp}.jsonl.gz`]: gzipSync(sample('sk_roll')),
    };
    const [run] = await readAll(lmEval, files);
    expect(run?.model).toMatch(/^ckpt@[0-9a-f]{8}$/);
    expect(run?.files.map(({ name }) => name)).toEqual([
      `a/${results}`,
      `a/${rows}`,
      `a/samples_sk_roll_${stamp}.jsonl.gz`,
    ]);
    expect(run?.tasks[0]?.samples).toHaveLength(8);
    expect(run?.leftOut?.map(({ what }) => what)).toEqual([
      'sk_group',
      'bits_per_byte of each item of sk_roll',
      'word_perplexity of each item of sk_roll',
    ]);
  });

  test('of the same model, newest first: the older one gives only what the newer one lacks', async () => {
    const early = JSON.parse(older);
    early.date -= 3600;
    early.results.round['acc,none'] = 0.9;
    early.results.extra = { 'acc,none': 0.5 };
    early.configs.extra = {};
    const runs = mergeRuns(await readAll(lmEval, { 'a/results.json': JSON.stringify(early), 'b/results.json': older }));
    expect(runs).toHaveLength(1);
    expect(runs[0]?.tasks.map(({ task }) => task)).toEqual(['extra', 'flat', 'numbers', 'round']);
    expect(runs[0]?.tasks[3]?.metrics[0]?.value).toBe(0.4);
    expect(runs[0]?.leftOut).toContainEqual({
      what: '3 tasks of a/results.json',
      reason: 'an older run of the same (2024-03-09T15:00:00.500Z); the newer one was taken',
    });
  });

  test('of two revisions, or of two folders of one name, stay two models', async () => {
    const other = JSON.parse(older);
    other.config.model_args = 'pretrained=lab/small-model,revision=step4000';
    const [a, b] = ['/data/run1/final', '/data/run2/final'].map((model_name) => ({ ...JSON.parse(older), model_name }));
    const files = Object.fromEntries([JSON.parse(older), other, a, b].map((v, i) => [`${i}.json`, JSON.stringify(v)]));
    const models = (await readAll(lmEval, files)).map(({ model }) => model);
    expect(new Set(models).size).toBe(4);
    expect(models.join(' ')).not.toContain('/data');
  });

  it.each<[string, string, boolean]>([
    ['results.json', older, true],
    ['anything.json', oldest, true],
    ['results.json', `${older.slice(0, -40)}`, true],
    // The keys that tell are beyond the first 64 KiB.
    [
      'results.json',
      `{"results": {"a": {"acc,none": 1, "pad": "${'x'.repeat(70_000)}"}}, "lm_eval_version": "1"}`,
      true,
    ],
    ['results.txt', older, false],
    [
      'lmms.json',
      '{"results": {"mme": {}}, "configs": {"mme": {"lmms_eval_specific_kwargs": {}}}, "n-shot": {}}',
      false,
    ],
    ['lighteval.json', '{"config_general": {}, "results": {"a|0": {"acc": 1}}, "config": {"model_args": ""}}', false],
    ['other.json', '{"results": {"a": {"acc": 1}}}', false],
    ['log.json', '{"version": 2, "status": "success", "eval": {}, "results": {}}', false],
    ['list.json', '[{"results": {}, "lm_eval_version": "1"}]', false],
  ])('%s is recognised by what is in it (%#)', async (name, text, expected) => {
    expect(await headsOf(lmEval, { [name]: text })).toEqual(expected ? [name] : []);
  });
});

const document = JSON.parse(good.replaceAll('NaN', 'null'));
const variants: Variant[] = [
  ...brokenTexts(good, results),
  ...wrongValues(document, [
    { path: ['results'], kinds: ['a number', 'text', 'null', 'a list', 'gone'] },
    { path: ['results', 'sk_mc'], kinds: ['a number', 'text', 'null', 'a list', 'gone'] },
    { path: ['results', 'sk_mc', 'acc,none'], kinds: ['text', 'a list', 'an object', 'true'] },
    { path: ['results', 'sk_mc', 'acc_stderr,none'], kinds: ['text', 'a list', 'an object', 'true'] },
    { path: ['groups'], kinds: ['a number', 'text', 'a list'] },
    { path: ['group_subtasks'], kinds: ['a number', 'text', 'a list'] },
    { path: ['group_subtasks', 'sk_group'], kinds: ['a number', 'text', 'an object'] },
    { path: ['configs'], kinds: ['a number', 'text', 'null', 'a list'] },
    { path: ['configs', 'sk_mc'], kinds: ['a number', 'null', 'a list'] },
    { path: ['configs', 'sk_mc', 'output_type'], kinds: ['a number', 'a list', 'true'] },
    { path: ['configs', 'sk_mc', 'metric_list'], kinds: ['a number', 'text', 'an object'] },
    { path: ['versions'], kinds: ['a number', 'a list'] },
    { path: ['versions', 'sk_mc'], kinds: ['a list', 'an object', 'true'] },
    { path: ['n-shot'], kinds: ['a number', 'a list'] },
    { path: ['n-shot', 'sk_mc'], kinds: ['a list', 'an object', 'true'] },
    { path: ['n-samples'], kinds: ['a number', 'a list'] },
    { path: ['n-samples', 'sk_mc'], kinds: ['a number', 'text', 'a list'] },
    { path: ['n-samples', 'sk_mc', 'effective'], kinds: ['text', 'a list', 'true'] },
    { path: ['higher_is_better'], kinds: ['a number', 'text', 'a list'] },
    { path: ['higher_is_better', 'sk_mc', 'acc'], kinds: ['a number', 'text', 'a list'] },
    { path: ['task_hashes'], kinds: ['a number', 'a list'] },
    { path: ['task_hashes', 'sk_mc'], kinds: ['a number', 'a list', 'true'] },
    { path: ['config'], kinds: ['a number', 'text', 'null', 'a list'] },
    { path: ['config', 'model_args'], kinds: ['a number', 'a list', 'true'] },
    { path: ['config', 'limit'], kinds: ['text', 'a list'] },
    { path: ['config', 'fewshot_seed'], kinds: ['text', 'an object'] },
    { path: ['date'], kinds: ['text', 'a list', 'an object', 'true'] },
    { path: ['lm_eval_version'], kinds: ['a number', 'a list', 'true'] },
    { path: ['model_name'], kinds: ['a number', 'a list'] },
    { path: ['fewshot_as_multiturn'], kinds: ['a number', 'text'] },
  ]),
  { name: 'a list', text: '[]', place: 'the top' },
  { name: 'another format', text: '{"results": {"a": {"acc": 1}}}', place: 'lm_eval_version' },
  {
    name: 'a negative standard error',
    text: good.replace(/"acc_stderr,none": 0\.1\d+/, '"acc_stderr,none": -0.1'),
    place: 'results.sk_mc.acc_stderr,none',
  },
  { name: 'predict only', text: good.replace('"acc,none": 0.75', '"bypass,none": 999'), place: 'results.sk_mc' },
];

test('there are enough variants', () => expect(variants.length).toBeGreaterThanOrEqual(50));

test.each(variants.map((variant) => [variant.name, variant] as const))(
  'a broken results file: %s',
  async (_, variant) => {
    await expectRefused(variant, results, (text) => readHead(lmEval, { [results]: text }, results));
  },
);

const lines = sample('sk_mc').trimEnd().split('\n');
const row = JSON.parse(lines[1] ?? '');
const withRow = (text: string): string => [lines[0], text, ...lines.slice(2)].join('\n');
const changed = (over: object): string => withRow(JSON.stringify({ ...row, ...over }));

test.each<[string, string, string]>([
  ['cut short', withRow((lines[1] ?? '').slice(0, 90)), 'line 2'],
  ['a list', withRow('[1]'), 'line 2: the document'],
  ['a text', withRow('"row"'), 'line 2: the document'],
  ['no number of the document', changed({ doc_id: undefined }), 'line 2: the document: Missing key "doc_id"'],
  ['a negative document', changed({ doc_id: -1 }), 'line 2: doc_id'],
  ['half a document', changed({ doc_id: 0.5 }), 'line 2: doc_id'],
  ['a document as text', changed({ doc_id: '1' }), 'line 2: doc_id'],
  ['a hash as number', changed({ doc_hash: 1 }), 'line 2: doc_hash'],
  ['a prompt hash as list', changed({ prompt_hash: [] }), 'line 2: prompt_hash'],
  ['a target hash as object', changed({ target_hash: {} }), 'line 2: target_hash'],
  ['a filter as number', changed({ filter: 1 }), 'line 2: filter'],
  ['metrics as text', changed({ metrics: 'acc' }), 'line 2: metrics'],
  ['a metric as number', changed({ metrics: ['acc', 1] }), 'line 2: metrics[1]'],
  ['a document twice', changed({ doc_id: 0 }), 'line 2: document 0'],
  ['a key twice', withRow((lines[1] ?? '').replace('{', '{"doc_id": 1, ')), 'line 2: column'],
  ['nested without end', withRow('['.repeat(100_000)), 'line 2: column 201'],
  ['a line without end', withRow('x'.repeat(33 * 1024 * 1024)), 'line 2 is longer'],
])('a broken samples file: %s', async (name, text, place) => {
  await expectRefused({ name, text, place }, rows, (content) =>
    readHead(lmEval, { [results]: good, [rows]: content }, results),
  );
});
