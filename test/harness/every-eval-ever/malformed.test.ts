import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everyEvalEver } from '../../../src/harness/every-eval-ever/reader.ts';
import { brokenTexts, expectRefused, wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';

const text = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url)).toString();
const [json, jsonl] = [text('record.json.txt'), text('record.jsonl')];
const read = (record: string, instances = jsonl) =>
  readFiles(everyEvalEver, { 'record.json': record, 'record.jsonl': instances }, ['record.json']);
const result = ['evaluation_results', 1] as const;

const variants = [
  ...brokenTexts(json, 'record.json'),
  ...wrongValues(JSON.parse(json), [
    { path: ['schema_version'], kinds: ['a number', 'text', 'null', 'gone'] },
    { path: ['evaluation_id'], kinds: ['a number', 'null', 'gone'] },
    { path: ['evaluation_timestamp'], kinds: ['a number', 'text', 'a list'] },
    { path: ['retrieved_timestamp'], kinds: ['a number', 'null', 'gone'] },
    { path: ['source_metadata'], kinds: ['text', 'null', 'gone'] },
    { path: ['source_metadata', 'source_type'], kinds: ['text', 'null', 'gone'] },
    { path: ['model_info'], kinds: ['text', 'gone'] },
    { path: ['model_info', 'id'], kinds: ['a number', 'null', 'gone'] },
    { path: ['eval_library'], kinds: ['text', 'gone'] },
    { path: ['eval_library', 'version'], kinds: ['a number', 'gone'] },
    { path: ['evaluation_results'], kinds: ['an object', 'null', 'text', 'gone'] },
    { path: result, kinds: ['a number', 'null', 'a list'] },
    { path: [...result, 'evaluation_name'], kinds: ['a number', 'null', 'gone'] },
    { path: [...result, 'metric_config'], kinds: ['text', 'null', 'gone'] },
    { path: [...result, 'metric_config', 'lower_is_better'], kinds: ['text', 'a number', 'null', 'gone'] },
    { path: [...result, 'metric_config', 'score_type'], kinds: ['text', 'a number'] },
    { path: [...result, 'metric_config', 'min_score'], kinds: ['text', 'a list'] },
    { path: [...result, 'score_details'], kinds: ['a number', 'null', 'gone'] },
    { path: [...result, 'score_details', 'score'], kinds: ['text', 'a list', 'true', 'gone'] },
    { path: [...result, 'score_details', 'uncertainty'], kinds: ['text', 'a number'] },
    { path: [...result, 'generation_config'], kinds: ['text', 'a list'] },
    { path: ['detailed_evaluation_results'], kinds: ['text', 'a list'] },
  ]),
];

test.each(variants)('refused with file and place: $name', async (variant) => {
  await expectRefused(variant, 'record.json', (broken) => read(broken));
});

// biome-ignore lint/suspicious/noExplicitAny: changes the document on purpose
test.each<[string, string, string, (record: any) => void]>([
  ['schema 0.1', 'results-malformed', 'schema_version', (record) => (record.schema_version = '0.1.0')],
  [
    'a percent called a proportion',
    'results-malformed',
    'evaluation_results[0].score_details.score',
    (record) => (record.evaluation_results[0].score_details.score = 75),
  ],
  [
    'a score above its range',
    'results-malformed',
    'evaluation_results[2].score_details.score',
    (record) => (record.evaluation_results[2].score_details.score = 101),
  ],
  [
    'a range turned round',
    'results-malformed',
    'evaluation_results[2].metric_config.min_score',
    (record) => Object.assign(record.evaluation_results[2].metric_config, { min_score: 100, max_score: 0 }),
  ],
  [
    'a negative error',
    'results-malformed',
    'standard_error',
    (record) => (record.evaluation_results[0].score_details.uncertainty.standard_error.value = -1),
  ],
  ['no results', 'results-malformed', 'evaluation_results', (record) => (record.evaluation_results = [])],
  [
    'a result twice',
    'task-twice',
    'evaluation_results[5]',
    (record) => record.evaluation_results.push(record.evaluation_results[0]),
  ],
  [
    'one task generated in two ways',
    'results-malformed',
    'evaluation_results[2].generation_config',
    (record) => (record.evaluation_results[2].generation_config = { generation_args: { temperature: 1 } }),
  ],
  [
    'another checksum',
    'results-malformed',
    'record.jsonl: checksum',
    (record) => (record.detailed_evaluation_results.checksum = 'beef'),
  ],
])('refused with file and place: %s', async (_, code, place, change) => {
  const record = JSON.parse(json);
  change(record);
  await expect(read(JSON.stringify(record))).rejects.toMatchObject({
    name: 'SkiagramError',
    code,
    message: expect.stringContaining(place),
  });
});

const unchecked = JSON.stringify({ ...JSON.parse(json), detailed_evaluation_results: undefined });
const rows = jsonl.trimEnd().split('\n');
const second = JSON.parse(rows[1] as string);
const withRow = (row: unknown) => rows.with(1, typeof row === 'string' ? row : JSON.stringify(row)).join('\n');

test.each<[string, string, string]>([
  ['no JSON', withRow('<html>'), 'line 2:1:'],
  ['a row cut short', withRow((rows[1] as string).slice(0, 40)), 'line 2:1:'],
  ['a key twice', withRow('{"sample_id": "a", "sample_id": "b"}'), 'line 2:1:'],
  ['brackets without end', withRow('['.repeat(100_000)), 'line 2:1:'],
  ['a list', withRow([1]), 'line 2'],
  ['a row of another evaluation', withRow({ ...second, evaluation_id: 'other' }), 'line 2.evaluation_id'],
  ['no evaluation_id', withRow({ ...second, evaluation_id: undefined }), 'line 2'],
  ['no sample_id', withRow({ ...second, sample_id: undefined }), 'line 2'],
  ['a sample_id that is a number', withRow({ ...second, sample_id: 1 }), 'line 2.sample_id'],
  ['no input', withRow({ ...second, input: undefined }), 'line 2'],
  ['an input that is text', withRow({ ...second, input: 'what?' }), 'line 2.input'],
  ['a score that is text', withRow({ ...second, evaluation: { score: 'high' } }), 'line 2.evaluation.score'],
  ['no score', withRow({ ...second, evaluation: {} }), 'line 2.evaluation'],
  ['a sample twice', withRow(rows[0] as string), '"s0" comes a second time'],
])('an instance file is refused with file and line: %s', async (_, instances, place) => {
  const error = await read(unchecked, instances).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'SkiagramError', message: expect.stringContaining('record.jsonl') });
  expect((error as Error).message).toContain(place);
});
