import { parquetWriteBuffer } from 'hyparquet-writer';
import { expect, test } from 'vitest';
import { lighteval } from '../../../src/harness/lighteval/reader.ts';
import { hashOf } from '../../../src/harness/source/hash-of.ts';
import { readFiles, readTwice } from '../read-files.ts';
import { older, recorded, resultsName, resultsText } from './files.ts';

test('a recorded run: scores, errors, directions, items of the tasks whose details are there', async () => {
  const [run, ...others] = await readTwice(lighteval, recorded);
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    harness: 'lighteval',
    harnessVersion: null,
    model: 'dummy',
    date: '2026-11-25T02:19:48.514Z',
    settings: { limit: 6, seed: 42, 'generation.temperature': 0 },
  });
  expect(run?.tasks.map(({ task, nShot, version, n }) => [task, nShot, version, n])).toEqual([
    ['sk_choice:a', 0, '1', null],
    ['sk_choice:b', 0, '1', 6],
    ['sk_text', 0, '0', 3],
  ]);
  const [bare, choice, text] = run?.tasks ?? [];
  // Three of six right: sqrt(0.25/5). One of three in `em`; f1 is 2/3, 1 and 0.
  expect(choice?.metrics).toEqual([
    { metric: 'acc', filter: 'none', value: 0.5, stderr: expect.closeTo(Math.sqrt(0.05), 12), higherIsBetter: true },
  ]);
  expect(choice?.samples.map(({ docId, metrics }) => [docId, metrics.acc])).toEqual([
    ['3', 0],
    ['4', 0],
    ['6', 1],
    ['7', 1],
    ['2', 0],
    ['5', 1],
  ]);
  expect(choice?.samples[0]).toMatchObject({
    docHash: hashOf([null, 'Is 3 even?', ['yes', 'no']]),
    targetHash: hashOf([1, ['yes', 'no']]),
    promptHash: null,
  });
  expect(text?.metrics.map(({ metric, value }) => [metric, value])).toEqual([
    ['em', 1 / 3],
    ['f1', expect.closeTo(5 / 9, 12)],
  ]);
  expect(text?.samples.map(({ docId, metrics }) => [docId, metrics.em, metrics.f1])).toEqual([
    ['1', 0, 2 / 3],
    ['0', 1, 1],
    ['2', 0, 0],
  ]);
  expect(bare?.metrics[0]).toMatchObject({ metric: 'acc', value: 1 / 3 });
  expect(bare?.warnings.map(({ code }) => code)).toEqual(['items-limited', 'samples-missing']);
  expect(text?.warnings.map(({ code }) => code)).toEqual(['items-limited']);
  expect(run?.files).toHaveLength(3);
});

test('averages are left out, and said to be', async () => {
  const [run] = await readFiles(lighteval, recorded);
  expect(run?.leftOut?.map(({ what }) => what)).toEqual([
    `${resultsName}: results["all"]`,
    `${resultsName}: results["sk_choice:_average|0"]`,
  ]);
});

test('older keys name the suite, the shots and whether examples were dropped; older configs may be text', async () => {
  const [run] = await readTwice(lighteval, { 'results_2024-03-01T10-00-00.000000.json': JSON.stringify(older) });
  expect(run).toMatchObject({
    harnessVersion: older.config_general.lighteval_sha,
    model: 'base',
    settings: { dtype: 'torch.bfloat16' },
  });
  expect(run?.tasks).toMatchObject([
    {
      task: 'arc:challenge',
      version: 'leaderboard 0',
      nShot: 25,
      n: 4,
      nOriginal: 1172,
      metrics: [
        { metric: 'acc', value: 0.25, stderr: 0.125, higherIsBetter: true },
        { metric: 'acc_norm', value: 0.5, stderr: null, higherIsBetter: null },
      ],
    },
    {
      task: 'mmlu:anatomy',
      version: 'leaderboard 1',
      nShot: 5,
      n: null,
      metrics: [{ metric: 'acc', value: 0.75, stderr: 0.25 }],
    },
  ]);
});

test('older details have flat columns and no ids: the hash of the question tells which item it is', async () => {
  const details = Buffer.from(
    parquetWriteBuffer({
      columnData: [
        { name: 'example', data: ['q1', 'q2', 'q3', 'q4'], type: 'STRING' },
        { name: 'full_prompt', data: ['p1', 'p2', 'p3', 'p4'], type: 'STRING' },
        { name: 'gold', data: ['a', 'b', 'c', 'd'], type: 'STRING' },
        {
          name: 'metrics',
          data: [
            { acc: 1, acc_norm: 1 },
            { acc: 0, acc_norm: 1 },
            { acc: 0, acc_norm: 0 },
            { acc: 0, acc_norm: 0 },
          ],
          type: 'JSON',
        },
      ],
    }),
  );
  const when = '2024-03-01T10-00-00.000000';
  const [run] = await readTwice(lighteval, {
    [`results_${when}.json`]: JSON.stringify(older),
    [`details_leaderboard|arc:challenge|25|0_${when}.parquet`]: details,
  });
  const [task] = run?.tasks ?? [];
  expect(task?.warnings).toEqual([]);
  expect(task?.samples.map(({ metrics }) => metrics)).toEqual([
    { acc: 1, acc_norm: 1 },
    { acc: 0, acc_norm: 1 },
    { acc: 0, acc_norm: 0 },
    { acc: 0, acc_norm: 0 },
  ]);
  expect(task?.samples[1]).toMatchObject({
    docId: 1,
    docHash: hashOf('q2'),
    promptHash: hashOf('p2'),
    targetHash: hashOf('b'),
  });
});

test('details that do not give the score are named', async () => {
  const wrong = resultsText.replace('"acc": 0.5,', '"acc": 0.75,');
  const [run] = await readFiles(lighteval, { ...recorded, [resultsName]: wrong });
  expect(run?.tasks.find(({ task }) => task === 'sk_choice:b')?.warnings).toContainEqual({
    code: 'samples-disagree',
    message: 'acc,none is 0.75 in the results, but the 6 items average 0.5.',
  });
});

test('a bare NaN is a score without a value; markup in names is data', async () => {
  const text = resultsText.replace('"em": 0.3333333333333333', '"em": NaN').replaceAll('sk_choice:a', '<b>\\u001b[1m');
  const [run] = await readFiles(lighteval, { [resultsName]: text });
  expect(run?.tasks.map(({ task }) => task)).toContain('<b>\u001b[1m');
  expect(run?.tasks.find(({ task }) => task === 'sk_text')?.warnings.map(({ code }) => code)).toContain(
    'non-finite-score',
  );
});

test('a newer run of a task is taken and the older one named', async () => {
  const [run] = await readFiles(lighteval, {
    [resultsName]: resultsText,
    [resultsName.replace('2026', '2025')]: resultsText.replace('"acc": 0.5,', '"acc": 0.75,'),
  });
  expect(run?.tasks.find(({ task }) => task === 'sk_choice:b')?.metrics[0]?.value).toBe(0.5);
  expect(run?.leftOut?.filter(({ reason }) => reason.startsWith('an older run')).map(({ what }) => what)).toEqual([
    `3 tasks of ${resultsName.replace('2026', '2025')}`,
  ]);
});
