import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { lmEval } from '../../../src/harness/lm-eval/reader.ts';
import { lmmsEval } from '../../../src/harness/lmms-eval/reader.ts';
import { brokenTexts, expectRefused, type Variant, wrongValues } from '../malformed.ts';
import { headsOf, readAll, readHead } from '../read-files.ts';

const head = '20260102_030405_results.json';
const rows = '20260102_030405_samples_docvqa_val.jsonl';
const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const results = fixture(head);
const samples = fixture(rows);
const metric = (over: object) => ({ filter: 'none', stderr: null, higherIsBetter: null, ...over });

describe('results of lmms-eval', () => {
  test('are read with their units, items and what was only packed for submission', async () => {
    const [run] = await readAll(lmmsEval, { [`m/${head}`]: results, [`m/${rows}`]: samples });
    expect(run).toMatchObject({
      harness: 'lmms-eval',
      harnessVersion: null,
      model: 'lab/small-vlm',
      date: null,
      settings: { model: 'llava', limit: 4, 'model_args.conv_template': 'plain', gen_kwargs: null },
    });
    expect(run?.files.map(({ name }) => name)).toEqual([`m/${head}`, `m/${rows}`]);
    expect(run?.tasks.map(({ task, version, n, nOriginal }) => [task, version, n, nOriginal])).toEqual([
      ['docvqa_test', 'Yaml', null, null],
      ['docvqa_val', '1', 4, 5349],
      ['mathvista_testmini', '0', null, null],
      ['mme', 'Yaml', null, null],
    ]);
    expect(run?.tasks.map(({ metrics }) => metrics)).toEqual([
      [],
      [metric({ metric: 'anls', value: 0.75, stderr: 0.25, higherIsBetter: true, unit: 'proportion' })],
      [
        metric({ metric: 'llm_as_judge_eval', value: 31.5, unit: 'percent' }),
        metric({ metric: 'other', value: 4, unit: 'unknown' }),
      ],
      [
        metric({ metric: 'mme_perception_score', value: 1500.25, unit: 'points' }),
        metric({ metric: 'mme_cognition_score', value: 300, unit: 'points' }),
      ],
    ]);
    expect(run?.tasks[1]?.samples.map(({ docId, metrics }) => [docId, metrics.anls])).toEqual([
      [0, 1],
      [1, 1],
      [2, 1],
      [3, 0],
    ]);
    expect(run?.tasks[1]?.warnings).toEqual([]);
    expect(run?.tasks[2]?.warnings.map(({ code }) => code)).toEqual(['samples-missing', 'unit-unknown']);
    expect(run?.leftOut?.map(({ what }) => what)).toEqual([
      'anls of docvqa_test',
      'docvqa',
      'submission of docvqa_test',
    ]);
  });

  test('that their items do not give say so', async () => {
    const other = samples.replace('"anls": 0.0', '"anls": 1.0');
    const [run] = await readAll(lmmsEval, { [head]: results, [rows]: other });
    expect(run?.tasks[1]?.warnings.map(({ code }) => code)).toEqual(['samples-disagree']);
  });

  test('of a later run count where there are two', async () => {
    const later = JSON.parse(results);
    later.date = '20260202_030405';
    later.results.mme['mme_cognition_score,none'] = 310;
    const files = { [head]: results, '20260202_030405_results.json': JSON.stringify(later) };
    const [run] = await readAll(lmmsEval, files);
    expect(run?.tasks.find(({ task }) => task === 'mme')?.metrics[1]?.value).toBe(310);
    expect(run?.leftOut?.map(({ what }) => what)).toContain(`4 tasks of ${head}`);
  });

  const bare = '{"results": {"mme": {"acc,none": 1}}, "configs": {"mme": {}}, "n-shot": {"mme": 0}}';
  it.each<[string, string, boolean]>([
    ['any.json', results, true],
    [head, bare, true],
    [head, results.slice(0, 2000), true],
    ['results.json', bare, false],
    [head, bare.replace('{"results"', '{"lm_eval_version": "0.4.2", "results"'), false],
    [head, '{"results": {}}', false],
  ])('%s is recognised by what is in it, and lm-eval takes it or not (%#)', async (name, text, expected) => {
    expect(await headsOf(lmmsEval, { [name]: text })).toEqual(expected ? [name] : []);
    if (expected) expect(await headsOf(lmEval, { [name]: text })).toEqual([]);
  });
});

const document = JSON.parse(results);
const value = ['results', 'mme', 'mme_cognition_score,none'] as const;
const variants: Variant[] = [
  ...brokenTexts(results, head),
  ...wrongValues(document, [
    { path: ['results'], kinds: ['a number', 'text', 'null', 'a list', 'gone'] },
    { path: ['results', 'mme'], kinds: ['a number', 'text', 'null', 'a list', 'gone'] },
    { path: [...value], kinds: ['text', 'a list', 'an object', 'true'] },
    { path: ['results', 'docvqa_val', 'anls_stderr,none'], kinds: ['text', 'a list', 'an object', 'true'] },
    { path: ['group_subtasks'], kinds: ['a number', 'text', 'a list'] },
    { path: ['group_subtasks', 'docvqa'], kinds: ['a number', 'text', 'an object'] },
    { path: ['configs', 'docvqa_val'], kinds: ['a number', 'null', 'a list'] },
    { path: ['configs', 'docvqa_val', 'metric_list', 0, 'aggregation'], kinds: ['a number', 'a list'] },
    { path: ['versions', 'mme'], kinds: ['a list', 'an object', 'true'] },
    { path: ['n-shot', 'mme'], kinds: ['a list', 'an object', 'true'] },
    { path: ['n-samples', 'docvqa_val', 'effective'], kinds: ['text', 'a list'] },
    { path: ['n-samples', 'docvqa_val', 'original'], kinds: ['text', 'an object'] },
    { path: ['higher_is_better', 'docvqa_val', 'anls'], kinds: ['a number', 'text'] },
    { path: ['config'], kinds: ['a number', 'text', 'null', 'a list'] },
    { path: ['config', 'model_args'], kinds: ['a number', 'a list'] },
    { path: ['date'], kinds: ['a number', 'a list', 'true'] },
    { path: ['task_hashes', 'docvqa_val'], kinds: ['a number', 'a list'] },
    { path: ['model_name'], kinds: ['a number', 'a list'] },
  ]),
  { name: 'another format', text: '{"results": {"a": {"acc": 1}}}', place: 'lmms_eval_specific_kwargs' },
  {
    name: 'a negative error',
    text: results.replace('"anls_stderr,none": 0.25', '"anls_stderr,none": -1'),
    place: 'results.docvqa_val.anls_stderr,none',
  },
  {
    name: 'placeholders',
    text: results.replace('"anls,none": 0.75', '"bypass,none": 999'),
    place: 'results.docvqa_val',
  },
];

test('there are enough variants', () => expect(variants.length).toBeGreaterThanOrEqual(50));

test.each(variants.map((variant) => [variant.name, variant] as const))('broken results: %s', async (_, variant) => {
  await expectRefused(variant, head, (text) => readHead(lmmsEval, { [head]: text }, head));
});

test.each<[string, string, string]>([
  ['cut short', samples.slice(0, -30), 'line 4'],
  ['no document', samples.replace('"doc_id": 1', '"id": 1'), 'line 2: the document'],
  ['a document twice', samples.replace('"doc_id": 1', '"doc_id": 0'), 'line 2: document 0'],
  ['a hash as number', samples.replace(/"doc_hash": "0{63}2"/, '"doc_hash": 2'), 'line 3: doc_hash'],
])('broken samples: %s', async (name, text, place) => {
  await expectRefused({ name, text, place }, rows, (content) =>
    readHead(lmmsEval, { [head]: results, [rows]: content }, head),
  );
});
