import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { helm } from '../../../src/harness/helm/reader.ts';
import { hashOf } from '../../../src/harness/source/hash-of.ts';
import { readFiles, readTwice } from '../read-files.ts';

const names = ['run_spec.json', 'stats.json', 'per_instance_stats.json', 'instances.json'] as const;
const recorded = Object.fromEntries(
  names.map((name) => [name, readFileSync(new URL(`./fixtures/${name}`, import.meta.url)).toString()]),
) as Record<(typeof names)[number], string>;

// biome-ignore lint/suspicious/noExplicitAny: changes the documents on purpose
const changed = (name: (typeof names)[number], change: (value: any) => void) => {
  const value = JSON.parse(recorded[name]);
  change(value);
  return { ...recorded, [name]: JSON.stringify(value) };
};

test('a run folder: scores of the test split, no standard errors, items with their hashes', async () => {
  const [run, ...others] = await readTwice(helm, recorded);
  expect(others).toEqual([]);
  expect(run).toMatchObject({ harness: 'helm', model: 'acme/base-1b', date: null, settings: {} });
  expect(run?.files.map(({ name }) => name)).toEqual([
    'instances.json',
    'per_instance_stats.json',
    'run_spec.json',
    'stats.json',
  ]);
  const [task] = run?.tasks ?? [];
  expect(task).toMatchObject({
    task: 'arithmetic:operation=add,method=generation',
    version: null,
    nShot: 2,
    outputType: 'generation',
    protocol: null,
    n: 4,
    warnings: [],
  });
  const bare = { filter: 'none', stderr: null, higherIsBetter: null };
  expect(task?.metrics).toEqual([
    { ...bare, metric: 'exact_match', value: 0.5, unit: 'proportion' },
    { ...bare, metric: 'quasi_exact_match', value: 0.75, unit: 'proportion' },
    { ...bare, metric: 'f1_score', value: 0.625, unit: 'proportion' },
    { ...bare, metric: 'bits_per_byte', value: 1.5 },
  ]);
  expect(task?.samples.map(({ docId, metrics }) => [docId, metrics])).toEqual([
    ['id10', { exact_match: 1, quasi_exact_match: 1, f1_score: 1 }],
    ['id11', { exact_match: 1, quasi_exact_match: 1, f1_score: 1 }],
    ['id12', { exact_match: 0, quasi_exact_match: 1, f1_score: 0.5 }],
    ['id13', { exact_match: 0, quasi_exact_match: 0, f1_score: 0 }],
  ]);
  expect(task?.samples[1]).toMatchObject({
    docHash: hashOf({ text: '1 + 1' }),
    targetHash: hashOf([{ output: { text: '2' }, tags: ['correct'] }]),
  });
});

test('what was left out, and why', async () => {
  const [run] = await readFiles(helm, recorded);
  expect(run?.leftOut).toEqual([
    { what: 'stats.json: 1 rows', reason: 'of a part of the split' },
    { what: 'stats.json: 1 rows', reason: 'of another split than test' },
    { what: 'stats.json: 1 rows', reason: 'of perturbed inputs' },
    { what: 'stats.json: 1 rows', reason: 'over no instances' },
    { what: 'stats.json: 8 rows', reason: 'says how the run went, not how good the model is' },
    { what: 'stats.json: stddev', reason: 'it is over training trials, and no standard error' },
  ]);
});

test('without a test split the validation split is read, as another version of the task', async () => {
  const files = changed('stats.json', (rows) => {
    for (const row of rows) row.name.split = 'valid';
    rows.pop();
  });
  const [run] = await readFiles(helm, { ...files, 'per_instance_stats.json': '[]' });
  expect(run?.tasks[0]).toMatchObject({ version: 'valid', n: 4 });
  expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['samples-missing']);
});

test('several training trials: an item is their mean and the protocol says so', async () => {
  const spec = changed('run_spec.json', (value) => (value.adapter_spec.num_train_trials = 2))['run_spec.json'];
  const files = changed('per_instance_stats.json', (rows) => {
    const again = structuredClone(rows.slice(0, 4));
    for (const row of again) row.train_trial_index = 1;
    again[2].stats[1] = { ...again[2].stats[1], sum: 1, mean: 1 };
    rows.push(...again);
  });
  const [run] = await readFiles(helm, { ...files, 'run_spec.json': spec });
  expect(run?.tasks[0]?.protocol).toBe('mean of 2 trials');
  expect(run?.tasks[0]?.samples.map(({ metrics }) => metrics.exact_match)).toEqual([1, 1, 0.5, 0]);
  expect(run?.tasks[0]?.warnings).toEqual([
    { code: 'samples-disagree', message: 'exact_match,none is 0.5 in the results, but the 4 items average 0.625.' },
  ]);
});

test('two run folders of one model are one run; two of one task are refused', async () => {
  const other = recorded['run_spec.json'].replace('operation=add', 'operation=subtract');
  const folder = (name: string, spec: string) => ({
    [`${name}/run_spec.json`]: spec,
    [`${name}/stats.json`]: recorded['stats.json'],
  });
  const [run] = await readFiles(helm, { ...folder('a', recorded['run_spec.json']), ...folder('b', other) });
  expect(run?.tasks.map(({ task }) => task)).toEqual([
    'arithmetic:operation=add,method=generation',
    'arithmetic:operation=subtract,method=generation',
  ]);
  await expect(
    readFiles(helm, { ...folder('a', recorded['run_spec.json']), ...folder('b', recorded['run_spec.json']) }),
  ).rejects.toMatchObject({ code: 'task-twice', message: expect.stringContaining('a/run_spec.json') });
});

test('a mean that is NaN is a score without a value; markup is data', async () => {
  const stats = recorded['stats.json']
    .replaceAll('"mean": 0.625', '"mean": NaN')
    .replaceAll('"sum": 0.625', '"sum": NaN');
  const [run] = await readFiles(helm, {
    ...recorded,
    'stats.json': stats.replace('"bits_per_byte"', '"<script>\\u001b[0m"'),
  });
  expect(run?.tasks[0]?.metrics.map(({ metric, value }) => [metric, value])).toContainEqual(['f1_score', null]);
  expect(run?.tasks[0]?.metrics.map(({ metric }) => metric)).toContain('<script>\u001b[0m');
  expect(run?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score']);
});
