import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import type { TableMapping } from '../../../src/base/table-mapping.ts';
import { recognise } from '../../../src/harness/recognise.ts';
import { table } from '../../../src/harness/table/reader.ts';
import { readAll, sourceOf } from '../read-files.ts';
import { parquetBytes } from './parquet-bytes.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const read = (files: Parameters<typeof readAll>[1], mapping: TableMapping = {}) =>
  readAll(table, files, { suite: 'core', fingerprint: null, mapping });
const metric = (over: object) => ({ filter: 'none', stderr: null, higherIsBetter: null, ...over });

describe('a table of scores', () => {
  test('gives a run for each model, with what the rows say and nothing else', async () => {
    const [base, tuned] = await read({ 'scores.csv': fixture('scores.csv') });
    expect(base).toMatchObject({
      harness: 'table',
      harnessVersion: null,
      model: 'lab/base',
      claimed: true,
      date: null,
    });
    expect(tuned?.model).toBe('lab/tuned');
    expect(base?.tasks.map(({ task, n, version, nShot }) => [task, n, version, nShot])).toEqual([
      ['mmlu', 14042, '1', 5],
      ['gsm8k', 1319, '3', 8],
      ['mme', null, null, null],
    ]);
    expect(base?.tasks.map(({ metrics }) => metrics[0])).toEqual([
      metric({ metric: 'acc', value: 61.5, stderr: 0.4, unit: 'percent' }),
      metric({ metric: 'exact_match', filter: 'strict-match', value: 0.42, unit: 'proportion' }),
      metric({ metric: 'sum', value: 1530.25, unit: 'points' }),
    ]);
    expect(tuned?.tasks[0]?.metrics[0]).toEqual(metric({ metric: 'acc', value: 64, stderr: 0.39, unit: 'percent' }));
    expect(base?.tasks.flatMap(({ warnings, samples }) => [...warnings, ...samples])).toEqual([]);
    expect(base?.leftOut).toEqual([{ what: 'column "note" of scores.csv', reason: 'it is no part of the mapping' }]);
  });

  test('is the same with Windows line ends, a byte order mark and blank lines', async () => {
    const plain = await read({ 'scores.csv': fixture('scores.csv') });
    const windows = `\uFEFF${fixture('scores.csv').replaceAll('\n', '\r\n')}\r\n\r\n`;
    expect((await read({ 'scores.csv': windows })).map(({ tasks }) => tasks)).toEqual(plain.map(({ tasks }) => tasks));
  });

  test('names that are markup or formulas stay text', async () => {
    const [run] = await read({ 't.csv': 'task,metric,value,scale\n<script>x</script>,"=1+1",0.5,proportion\n' });
    expect(run?.tasks[0]).toMatchObject({ task: '<script>x</script>', metrics: [{ metric: '=1+1', value: 0.5 }] });
  });

  test('without a scale has no unit, and says so twice', async () => {
    const [run] = await read({ 't.csv': 'task,metric,value\nmmlu,acc,0.9\n' });
    expect(run?.tasks[0]?.metrics[0]).toMatchObject({ value: 0.9, unit: 'unknown' });
    expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['unit-unknown']);
    expect(run?.leftOut?.map(({ what }) => what)).toEqual(['scale of t.csv']);
  });

  test('reads the columns that a mapping names, and constants for those that are not there', async () => {
    const mapping: TableMapping = {
      task: 'Benchmark',
      value: 'Score (%)',
      n: 'item',
      constant: { metric: 'acc', model: 'lab/x' },
      scale: 'percent',
    };
    const [run] = await read({ 't.csv': 'Benchmark,Score (%),item\nmmlu,45.25,100\n' }, mapping);
    expect(run).toMatchObject({ model: 'lab/x', claimed: true });
    expect(run?.tasks[0]).toMatchObject({
      task: 'mmlu',
      n: 100,
      metrics: [{ metric: 'acc', value: 45.25, unit: 'percent' }],
    });
  });

  test('a score that is not there is null, never 0', async () => {
    const [run] = await read({ 't.csv': 'task,metric,value,stderr,scale\na,acc,N/A,-,percent\nb,acc,,nan,percent\n' });
    expect(run?.tasks.map(({ metrics }) => [metrics[0]?.value, metrics[0]?.stderr])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score']);
  });
});

describe('a table of items', () => {
  test('gives means, counts and clusters', async () => {
    const [run] = await read({ 'items.tsv': fixture('items.tsv') }, { scale: 'proportion' });
    expect(run).toMatchObject({ claimed: false, model: null });
    const [task] = run?.tasks ?? [];
    expect(task?.n).toBe(4);
    // (1 + 0 + 1 + 0) / 4 and (0.5 + 0.25) / 2.
    expect(task?.metrics).toEqual([
      metric({ metric: 'acc', value: 0.5, unit: 'proportion' }),
      metric({ metric: 'f1', value: 0.375, unit: 'proportion' }),
    ]);
    expect(task?.samples.map(({ docId, cluster, metrics }) => [docId, cluster, metrics])).toEqual([
      [0, 'passage-1', { acc: 1, f1: 0.5 }],
      [1, 'passage-1', { acc: 0, f1: 0.25 }],
      [2, 'passage-2', { acc: 1 }],
      ['007', null, { acc: 0 }],
    ]);
    expect(task?.warnings).toEqual([{ code: 'samples-incomplete', message: '2 of 4 items have a value of f1,none.' }]);
  });

  test('is the same as Parquet', async () => {
    const bytes = parquetBytes({
      task: Array(4).fill('reading'),
      metric: Array(4).fill('acc'),
      item: ['0', '1', '2', '007'],
      cluster: ['passage-1', 'passage-1', 'passage-2', null],
      value: [1, 0, 1, 0],
      n: [4n, 4n, 4n, 4n],
    });
    const [run] = await read({ 'items.parquet': bytes }, { scale: 'proportion' });
    const [text] = await read(
      { 'items.tsv': fixture('items.tsv').split('\n').slice(0, 5).join('\n') },
      { scale: 'proportion' },
    );
    expect(run?.tasks).toEqual(text?.tasks);
  });

  test('of a Parquet file may be counted by integers and answered by true and false', async () => {
    const bytes = parquetBytes({
      task: ['a', 'a'],
      metric: ['acc', 'acc'],
      item: [10n, 11n],
      value: [true, false],
      other: ['x', null],
    });
    const [run] = await read({ 'a.parquet': bytes }, { scale: 'proportion' });
    expect(run?.tasks[0]).toMatchObject({ n: 2, metrics: [{ value: 0.5 }], samples: [{ docId: 10 }, { docId: 11 }] });
    expect(run?.leftOut?.map(({ what }) => what)).toEqual(['column "other" of a.parquet']);
  });
});

describe('a table is the last thing a file is taken for', () => {
  it('is read where nothing else is there', async () => {
    expect((await recognise(await sourceOf({ 't.csv': 'a,b\n1,2\n' }))).format).toBe('table');
  });

  it('is passed over beside results of a harness', async () => {
    const files = { 't.csv': 'a,b\n1,2\n', 'r.json': '{"results": {"a": {"acc": 1}}, "lm_eval_version": "0.4.2"}' };
    expect((await recognise(await sourceOf(files))).format).toBe('lm-eval');
    const named = await recognise(await sourceOf(files), 'table');
    expect(named.heads.map(({ name }) => name)).toEqual(['t.csv']);
  });
});
