import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/harness/inspect/reader.ts';
import { hashOf } from '../../../src/harness/source/hash-of.ts';
import { openZip } from '../../../src/harness/source/zip.ts';
import { readFiles, readTwice } from '../read-files.ts';
import { writeZip } from '../write-zip.ts';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url));

/** Values of one filter by item. */
const valuesOf = (
  samples: readonly { docId: number | string; filter: string; metrics: Record<string, number> }[],
  filter: string,
) =>
  samples.filter((sample) => sample.filter === filter).map(({ docId, metrics }) => [docId, ...Object.values(metrics)]);

test('an archive of one epoch: both scorers, errors, partial credit, items', async () => {
  const [run, ...others] = await readTwice(inspect, { 'plain.eval': fixture('plain.eval') });
  expect(others).toEqual([]);
  expect(run).toMatchObject({
    harness: 'inspect',
    harnessVersion: '0.3.285',
    model: 'mockllm/model',
    suite: 'core',
    fingerprint: 'f00d',
    settings: { limit: null, sample_id: null, sample_shuffle: null },
  });
  const [task] = run?.tasks ?? [];
  expect(task).toMatchObject({ task: 'sums', version: '2', n: 5, nOriginal: 5, protocol: null, warnings: [] });
  // Answers 4 7 6 42 "five" to 4 7 5 42 4: three right; the wrong number counts half for `near`.
  // Standard errors: sqrt(0.6·0.4·5/4/5) and the deviation of (1, 1, 0.5, 1, 0) over sqrt(5).
  expect(task?.metrics).toEqual([
    {
      metric: 'accuracy',
      filter: 'match',
      value: 0.6,
      stderr: expect.closeTo(Math.sqrt(0.06), 12),
      higherIsBetter: null,
      unit: 'proportion',
    },
    {
      metric: 'accuracy',
      filter: 'near',
      value: 0.7,
      stderr: expect.closeTo(0.2, 12),
      higherIsBetter: null,
      unit: 'proportion',
    },
  ]);
  expect(valuesOf(task?.samples ?? [], 'match')).toEqual([
    [1, 1],
    [2, 1],
    [3, 0],
    [4, 1],
    [5, 0],
  ]);
  expect(valuesOf(task?.samples ?? [], 'near')).toEqual([
    [1, 1],
    [2, 1],
    [3, 0.5],
    [4, 1],
    [5, 0],
  ]);
  expect(task?.samples[0]).toMatchObject({
    docHash: hashOf('What is 2 + 2?'),
    targetHash: hashOf('4'),
    promptHash: null,
  });
});

test('two epochs: the protocol says so, and an item is the mean of its epochs', async () => {
  const [run] = await readTwice(inspect, { 'epochs.eval': fixture('epochs.eval') });
  const [task] = run?.tasks ?? [];
  expect(task).toMatchObject({ protocol: 'mean of 2 epochs', n: 3, nOriginal: 5, warnings: [] });
  // Answers 4 7 6, then 4 8 5, to 4 7 5.
  expect(task?.metrics.map(({ value }) => value)).toEqual([expect.closeTo(2 / 3, 12), expect.closeTo(2.5 / 3, 12)]);
  expect(valuesOf(task?.samples ?? [], 'match')).toEqual([
    [1, 1],
    [2, 0.5],
    [3, 0.5],
  ]);
  expect(valuesOf(task?.samples ?? [], 'near')).toEqual([
    [1, 1],
    [2, 0.75],
    [3, 0.75],
  ]);
});

test('another prompt, argument or bound of a task is another hash; a path is none', async () => {
  const hash = async (change: Parameters<typeof changed>[0]) =>
    (await readFiles(inspect, changed(change)))[0]?.tasks[0]?.hash;
  const usual = await hash(() => {});
  expect(await hash((log) => (log.eval.task_args = { data: '/srv/a.jsonl' }))).toBe(
    await hash((log) => (log.eval.task_args = { data: '/home/b.jsonl' })),
  );
  for (const change of [
    (log) => (log.plan.steps[0].params = { template: 'Think.' }),
    (log) => (log.eval.task_args = { shots: 5 }),
    (log) => (log.eval.config.message_limit = 10),
    (log) => (log.plan.config = { temperature: 1 }),
  ] as Parameters<typeof changed>[0][])
    expect(await hash(change)).not.toBe(usual);
});

test('several reducers are told apart by the filter', async () => {
  const [run] = await readTwice(inspect, { 'reducers.eval': fixture('reducers.eval') });
  const [task] = run?.tasks ?? [];
  expect(task).toMatchObject({ protocol: 'mean of 2 epochs, pass@2', n: 2, nOriginal: 5, warnings: [] });
  expect(task?.metrics.map(({ filter, value }) => [filter, value])).toEqual([
    ['match/mean', 0.75],
    ['match/pass_at_2', 1],
    ['near/mean', 0.875],
    ['near/pass_at_2', 1],
  ]);
  expect(valuesOf(task?.samples ?? [], 'match/mean')).toEqual([
    [1, 1],
    [2, 0.5],
  ]);
  expect(valuesOf(task?.samples ?? [], 'match/pass_at_2')).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

test('a log in JSON, with a limit, ids that are text and a score that is no proportion', async () => {
  const [run] = await readTwice(inspect, { 'lengths.json': fixture('lengths.json.txt') });
  expect(run?.settings).toMatchObject({ limit: 3 });
  const [task] = run?.tasks ?? [];
  expect(task).toMatchObject({ task: 'sums_lengths', n: 3, nOriginal: 5, warnings: [] });
  expect(task?.metrics).toEqual([
    {
      metric: 'accuracy',
      filter: 'near',
      value: 2.5 / 3,
      stderr: expect.closeTo(1 / 6, 12),
      higherIsBetter: null,
      unit: 'proportion',
    },
    { metric: 'mean', filter: 'answer_length', value: 1, stderr: 0, higherIsBetter: null, unit: 'unknown' },
  ]);
  expect(valuesOf(task?.samples ?? [], 'answer_length')).toEqual([
    ['a', 1],
    ['b', 1],
    ['c', 1],
  ]);
});

test('logs of several tasks become one run per setting; a stale log of a task is named', async () => {
  const runs = await readFiles(inspect, {
    'a.eval': fixture('plain.eval'),
    'b.json': fixture('lengths.json.txt'),
    'c.json': fixture('lengths.json.txt')
      .toString()
      .replace(/"created":"2026/, '"created":"2025'),
  });
  expect(runs.map(({ tasks }) => tasks.map(({ task }) => task))).toEqual([['sums'], ['sums_lengths']]);
  expect(runs[1]?.leftOut).toContainEqual({
    what: 'sums_lengths of c.json',
    reason: expect.stringContaining('an older run'),
  });
});

describe('archives as others pack them', () => {
  const entries = async (method: number) => {
    const zip = await openZip(fixture('plain.eval'), 'plain.eval');
    return zip.names.map((name) => ({ name, content: zip.read(name) as Buffer, method }));
  };

  test.each([0, 8, 93])('method %i, many frames', async (method) => {
    const [run] = await readFiles(inspect, { 'log.eval': writeZip(await entries(method)) });
    const [real] = await readFiles(inspect, { 'log.eval': fixture('plain.eval') });
    expect(run?.tasks).toEqual(real?.tasks);
  });

  test('of an entry that comes twice the last one counts, and that is said', async () => {
    const all = await entries(8);
    const sample = all.find(({ name }) => name === 'samples/3_epoch_1.json');
    const stale = sample && { ...sample, content: String(sample.content).replaceAll('"value":"I"', '"value":"C"') };
    const [run] = await readFiles(inspect, { 'log.eval': writeZip([...(stale ? [stale] : []), ...all]) });
    expect(run?.tasks[0]?.warnings).toEqual([]);
    expect(run?.leftOut).toContainEqual({
      what: 'log.eval: samples/3_epoch_1.json',
      reason: expect.stringContaining('the last one was read'),
    });
  });
});

// biome-ignore lint/suspicious/noExplicitAny: changes the document on purpose
const changed = (change: (log: any) => void) => {
  const log = JSON.parse(fixture('lengths.json.txt').toString());
  change(log);
  return { 'log.json': JSON.stringify(log) };
};

test.each<[string, string, Parameters<typeof changed>[0]]>([
  ['samples-disagree', 'near', (log) => (log.results.scores[0].metrics.accuracy.value = 0.5)],
  ['samples-incomplete', 'near', (log) => log.samples.pop()],
  ['samples-missing', 'item by item', (log) => delete log.samples],
  ['items-failed', '2 of 5', (log) => (log.results.total_samples = 5)],
  ['items-unscored', '1 items', (log) => (log.results.scores[0].unscored_samples = 1)],
  ['run-invalidated', 'invalid', (log) => (log.invalidated = true)],
])('warns: %s', async (code, text, change) => {
  const [run] = await readFiles(inspect, changed(change));
  expect(run?.tasks[0]?.warnings).toContainEqual({ code, message: expect.stringContaining(text) });
});

test('a bare NaN is a score without a value', async () => {
  const text = fixture('lengths.json.txt').toString().replace('"value":0.8333333333333334', '"value":NaN');
  const [run] = await readFiles(inspect, { 'log.json': text });
  expect(run?.tasks[0]?.metrics[0]?.value).toBeNull();
  expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score']);
});

test('markup, escapes and names of Object.prototype are data', async () => {
  const name = '<img src=x onerror=alert(1)>\u001b[31m__proto__';
  const [run] = await readFiles(
    inspect,
    changed((log) => {
      log.eval.task = name;
      log.samples[0].id = '__proto__';
      for (const sample of log.samples) sample.scores.constructor = sample.scores.near;
      log.results.scores[0].scorer = 'constructor';
      log.results.scores[0].name = 'constructor';
    }),
  );
  expect(run?.tasks[0]?.task).toBe(name);
  expect(run?.tasks[0]?.samples.filter(({ docId }) => docId === '__proto__')).toHaveLength(2);
  expect(run?.tasks[0]?.warnings).toEqual([]);
});

test('messages are hashed without the ids they get anew in every run', async () => {
  const withId = (id: string) =>
    changed((log) => {
      for (const sample of log.samples) sample.input = [{ id, role: 'user', content: sample.input }];
    });
  const [one] = await readFiles(inspect, withId('abc'));
  const [two] = await readFiles(inspect, withId('xyz'));
  expect(one?.tasks).toEqual(two?.tasks);
});

test('an unknown reducer leaves the items out and says so', async () => {
  const [run] = await readFiles(
    inspect,
    changed((log) => {
      log.eval.config.epochs = 2;
      log.results.scores[0].reducer = 'best_guess';
      log.samples = log.samples.flatMap((sample: { epoch: number }) => [sample, { ...sample, epoch: 2 }]);
    }),
  );
  expect(run?.tasks[0]?.protocol).toBe('best_guess of 2 epochs, mean of 2 epochs');
  expect(run?.tasks[0]?.samples.every(({ filter }) => filter === 'answer_length/mean')).toBe(true);
  expect(run?.leftOut).toContainEqual({
    what: 'log.json: per-sample values of near/best_guess',
    reason: expect.stringContaining('"best_guess" is not known'),
  });
});

test('a try that failed beside one that did not is left out with what it died of', async () => {
  const runs = await readTwice(inspect, {
    'first.json': fixture('broken.json.txt'),
    'second.eval': fixture('plain.eval'),
  });
  expect(runs).toHaveLength(1);
  expect(runs[0]?.leftOut).toContainEqual({
    what: 'first.json',
    reason: expect.stringContaining('the solver gave up'),
  });
});
