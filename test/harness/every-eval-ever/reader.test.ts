import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everyEvalEver } from '../../../src/harness/every-eval-ever/reader.ts';
import { hashOf } from '../../../src/harness/source/hash-of.ts';
import { readFiles, readTwice } from '../read-files.ts';

const text = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url)).toString();
const recorded = { 'record.json': text('record.json.txt'), 'record.jsonl': text('record.jsonl') };

// biome-ignore lint/suspicious/noExplicitAny: changes the document on purpose
const changed = (change: (record: any) => void) => {
  const record = JSON.parse(recorded['record.json']);
  change(record);
  return { ...recorded, 'record.json': JSON.stringify(record) };
};

test('scores with direction, unit and error; what was generated in another way has a hash', async () => {
  const [run, ...others] = await readTwice(everyEvalEver, recorded);
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    harness: 'every-eval-ever',
    harnessVersion: '0.4.13',
    model: 'acme/base-1b',
    claimed: false,
    settings: { library: 'lm_eval' },
    date: '2026-09-21T14:13:20.000Z',
  });
  const bare = { filter: 'none', stderr: null, higherIsBetter: true };
  expect(run?.tasks.map(({ task, n, metrics }) => [task, n, metrics])).toEqual([
    ['chat', null, [{ ...bare, metric: 'score', value: 6.5, unit: 'points' }]],
    ['sums', 4, [{ ...bare, metric: 'acc', value: 0.75, stderr: 0.25, unit: 'proportion' }]],
    [
      'sums_hard',
      2,
      [
        { ...bare, metric: 'exact_match', value: 0.5, unit: 'proportion' },
        { ...bare, metric: 'f1', value: 50, unit: 'percent' },
      ],
    ],
    ['text', null, [{ ...bare, metric: 'word perplexity', value: 7.5, higherIsBetter: false, unit: 'unknown' }]],
  ]);
  expect(run?.tasks.map(({ hash }) => hash)).toEqual([
    hashOf([
      ['max_tokens', '64'],
      ['temperature', '0.7'],
    ]),
    null,
    null,
    null,
  ]);
  expect(JSON.stringify(run)).not.toContain('/home');
});

test('items of the instance file, by the result that they name', async () => {
  const [run] = await readFiles(everyEvalEver, recorded);
  const [, sums, hard] = run?.tasks ?? [];
  expect(sums?.samples.map(({ docId, metrics }) => [docId, metrics])).toEqual([
    ['s0', { acc: 1 }],
    ['s1', { acc: 0 }],
    ['s2', { acc: 1 }],
    ['s3', { acc: 1 }],
  ]);
  expect(sums?.samples[1]).toMatchObject({ docHash: hashOf('1 + 1 = ?'), targetHash: hashOf(['2']) });
  expect(hard?.samples.map(({ docId, metrics }) => [docId, metrics])).toEqual([
    ['s0', { exact_match: 1, f1: 80 }],
    ['s1', { exact_match: 0, f1: 20 }],
  ]);
  expect([sums?.warnings, hard?.warnings]).toEqual([[], []]);
  expect(run?.leftOut).toEqual([
    { what: 'record.json: evaluation_results[1]: confidence_interval', reason: expect.any(String) },
    { what: 'record.jsonl: 1 rows of sums_hard', reason: 'they do not say which of its metrics they score' },
  ]);
});

test('a record that quotes a document is a claim', async () => {
  const [run] = await readFiles(
    everyEvalEver,
    changed((record) => (record.source_metadata.source_type = 'documentation')),
  );
  expect(run?.claimed).toBe(true);
});

test('items that do not give the score, or are fewer, are named', async () => {
  const files = changed((record) => {
    record.evaluation_results[0].score_details.score = 0.5;
    record.evaluation_results[1].score_details.uncertainty.num_samples = 7;
  });
  const [run] = await readFiles(everyEvalEver, files);
  expect(run?.tasks[1]?.warnings).toEqual([
    { code: 'samples-disagree', message: 'acc,none is 0.5 in the results, but the 4 items average 0.75.' },
  ]);
  expect(run?.tasks[2]?.warnings.map(({ code }) => code)).toEqual(['samples-incomplete', 'samples-incomplete']);
});

test.each<[string, string | null, Record<string, unknown>]>([
  ['percent', 'percent', { metric_unit: 'percent' }],
  ['a range of 0 to 1', 'proportion', { min_score: 0, max_score: 1 }],
  ['a range of 0 to 100', 'percent', { min_score: 0, max_score: 100 }],
  ['another range', 'points', { min_score: -1, max_score: 10 }],
  ['binary', 'proportion', { score_type: 'binary' }],
  ['nothing', 'unknown', {}],
  ['half a range', 'unknown', { min_score: 0 }],
])('unit from %s is %s', async (_, unit, config) => {
  const files = changed(
    (record) => (record.evaluation_results[0].metric_config = { lower_is_better: false, ...config }),
  );
  const [run] = await readFiles(everyEvalEver, files);
  expect(run?.tasks[1]?.metrics[0]?.unit).toBe(unit);
});

test('seconds since 1970 are a date; an unknown level and NaN are no value; names are data', async () => {
  const files = changed((record) => {
    delete record.evaluation_timestamp;
    Object.assign(record.evaluation_results[0].metric_config, { score_type: 'levels', has_unknown_level: true });
    record.evaluation_results[0].score_details.score = -1;
    record.evaluation_results[3].evaluation_name = '<b>\u001b[1m__proto__';
  });
  const [run] = await readFiles(everyEvalEver, { ...files, 'record.json': files['record.json'].replace('7.5', 'NaN') });
  expect(run?.date).toBe('2026-09-21T15:13:20.000Z');
  expect(run?.tasks.map(({ task, metrics }) => [task, metrics[0]?.value])).toEqual([
    ['<b>\u001b[1m__proto__', null],
    ['chat', 6.5],
    ['sums', null],
    ['sums_hard', 0.5],
  ]);
});

test('arguments that all results share are settings of the run', async () => {
  const files = changed((record) => {
    for (const result of record.evaluation_results)
      result.generation_config = { generation_args: { temperature: 0, prompt_template: '/srv/prompts/a.txt' } };
  });
  const [run] = await readFiles(everyEvalEver, files);
  expect(run?.settings).toEqual({ library: 'lm_eval', 'generation.temperature': 0 });
  expect(run?.tasks.every(({ hash }) => hash === null)).toBe(true);
});
