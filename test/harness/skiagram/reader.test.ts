import { describe, expect, it, test } from 'vitest';
import { lmEval } from '../../../src/harness/lm-eval/reader.ts';
import type { RawRun } from '../../../src/harness/raw-run.ts';
import { skiagram } from '../../../src/harness/skiagram/reader.ts';
import { brokenTexts, expectRefused, type Variant, wrongValues } from '../malformed.ts';
import { headsOf, plain, readAll, readHead } from '../read-files.ts';

const run: RawRun = {
  schemaVersion: '1.0',
  harness: 'inspect',
  harnessVersion: '0.3.1',
  model: 'lab/model',
  suite: 'core',
  fingerprint: 'f00d',
  settings: { temperature: 0, note: '<b>bold</b>', cache: false, limit: null },
  date: '2026-01-02T03:04:05.000Z',
  files: [{ name: 'log.json', sha256: 'a'.repeat(64) }],
  tasks: [
    {
      task: 'one',
      version: '1',
      nShot: 0,
      outputType: null,
      hash: null,
      protocol: 'pass@4',
      n: 2,
      nOriginal: 4,
      metrics: [{ metric: 'acc', filter: 'none', value: 0.5, stderr: 0.5, higherIsBetter: true, unit: 'proportion' }],
      samples: [1, 0].map((acc, docId) => ({
        docId,
        docHash: null,
        promptHash: 'p',
        targetHash: null,
        cluster: 'c',
        filter: 'none',
        metrics: { acc },
      })),
      warnings: [{ code: 'partial', message: '2 of 4.' }],
    },
    {
      task: 'two',
      version: null,
      nShot: null,
      outputType: null,
      hash: null,
      n: null,
      nOriginal: null,
      metrics: [{ metric: 'f1', filter: 'none', value: null, stderr: null, higherIsBetter: null }],
      samples: [],
      warnings: [],
    },
  ],
  leftOut: [{ what: 'group', reason: 'repeats its members' }],
};
const document = { schemaVersion: '1.0', runs: [run] };
const text = JSON.stringify(document, null, 1);
const name = 'scores.json';

describe('our own normal form', () => {
  test('comes back as it was, alone or with others', async () => {
    expect(await readAll(skiagram, { [name]: text })).toEqual([run]);
    expect(await readAll(skiagram, { 'run.json': JSON.stringify(run) })).toEqual([run]);
    expect(await readAll(skiagram, { [name]: JSON.stringify({ ...document, runs: [run, run] }) })).toEqual([run, run]);
  });

  test('of what another reader read is the same run', async () => {
    const results = { results: { a: { 'acc,none': 0.5 } }, lm_eval_version: '0.4.2' };
    const [read] = await readAll(lmEval, { 'results.json': JSON.stringify(results) });
    expect(await readAll(skiagram, { 'run.json': JSON.stringify(read) })).toEqual([read]);
  });

  test('is counted for the suite that asks, and for the weights it names', async () => {
    const unattested = JSON.stringify({ ...run, fingerprint: null });
    const asked = { suite: 'other', fingerprint: 'f00d' };
    expect((await readAll(skiagram, { [name]: text }, { ...asked, fingerprint: null }))[0]).toMatchObject(asked);
    expect((await readAll(skiagram, { [name]: text }, asked))[0]).toMatchObject(asked);
    expect((await readAll(skiagram, { [name]: unattested }, asked))[0]).toMatchObject(asked);
    await expect(readHead(skiagram, { [name]: text }, name, { ...plain, fingerprint: 'beef' })).rejects.toMatchObject({
      code: 'fingerprint-mismatch',
      message: expect.stringContaining('scores.json: runs[0].fingerprint'),
    });
  });

  test('whose items do not add up says so, once', async () => {
    const edited = JSON.stringify(document).replace('"value":0.5', '"value":0.75');
    const [read] = await readAll(skiagram, { [name]: edited });
    expect(read?.tasks[0]?.warnings.map(({ code }) => code)).toEqual(['partial', 'samples-disagree']);
    expect(await readAll(skiagram, { [name]: JSON.stringify(read) })).toEqual([read]);
  });

  it.each<[string, string, boolean]>([
    ['a.json', text, true],
    ['a.json', JSON.stringify(run), true],
    ['a.json', text.slice(0, 500), true],
    ['a.txt', text, false],
    ['config.json', '{"schemaVersion": "1.0", "suites": []}', false],
    ['scores.json', JSON.stringify({ ...document, checkpoint: 'base', samples: null }), false],
    ['list.json', '[1]', false],
  ])('%s is recognised by what is in it (%#)', async (file, content, expected) => {
    expect(await headsOf(skiagram, { [file]: content })).toEqual(expected ? [file] : []);
  });
});

const task = ['runs', 0, 'tasks', 0] as const;
const changed = (change: (copy: typeof document) => void): string => {
  const copy = structuredClone(document);
  change(copy);
  return JSON.stringify(copy);
};
const variants: Variant[] = [
  ...brokenTexts(text, name),
  ...wrongValues(document, [
    { path: ['schemaVersion'], kinds: ['a number', 'text', 'null', 'gone'] },
    { path: ['runs'], kinds: ['a number', 'text', 'null', 'an object'] },
    { path: ['runs', 0], kinds: ['a number', 'text', 'null', 'a list'] },
    { path: ['runs', 0, 'harness'], kinds: ['a number', 'null', 'gone'] },
    { path: ['runs', 0, 'settings'], kinds: ['a number', 'a list', 'gone'] },
    { path: ['runs', 0, 'settings', 'note'], kinds: ['a list', 'an object'] },
    { path: ['runs', 0, 'date'], kinds: ['a number', 'text', 'gone'] },
    { path: ['runs', 0, 'files', 0, 'sha256'], kinds: ['a number', 'text', 'gone'] },
    { path: [...task, 'task'], kinds: ['a number', 'null', 'gone'] },
    { path: [...task, 'n'], kinds: ['text', 'a list', 'gone'] },
    { path: [...task, 'metrics'], kinds: ['text', 'an object', 'gone'] },
    { path: [...task, 'metrics', 0, 'value'], kinds: ['text', 'a list', 'true', 'gone'] },
    { path: [...task, 'metrics', 0, 'unit'], kinds: ['a number', 'text', 'null'] },
    { path: [...task, 'samples', 1, 'docId'], kinds: ['null', 'a list', 'gone'] },
    { path: [...task, 'samples', 1, 'metrics'], kinds: ['a number', 'a list', 'gone'] },
    { path: [...task, 'samples', 1, 'metrics', 'acc'], kinds: ['text', 'null', 'true'] },
    { path: [...task, 'warnings'], kinds: ['text', 'an object', 'gone'] },
  ]),
  {
    name: 'a key that nobody knows',
    text: changed(({ runs }) => Object.assign(runs[0] ?? {}, { score: 1 })),
    place: 'runs[0].score',
  },
  {
    name: 'a task twice',
    text: changed(({ runs }) => runs[0]?.tasks.push(...run.tasks.slice(0, 1))),
    place: 'runs[0].tasks[0] and runs[0].tasks[2]',
  },
  {
    name: 'a metric twice',
    text: changed(({ runs }) => runs[0]?.tasks[0]?.metrics.push(...(run.tasks[0]?.metrics ?? []))),
    place: 'runs[0].tasks[0].metrics[0] and runs[0].tasks[0].metrics[1]',
  },
  {
    name: 'an item twice',
    text: changed(({ runs }) => runs[0]?.tasks[0]?.samples.push(...(run.tasks[0]?.samples.slice(0, 1) ?? []))),
    place: 'runs[0].tasks[0].samples[0] and runs[0].tasks[0].samples[2]',
  },
  { name: 'a negative n', text: text.replace('"n": 2', '"n": -2'), place: 'runs[0].tasks[0].n' },
  { name: 'half an item', text: text.replace('"n": 2', '"n": 1.5'), place: 'runs[0].tasks[0].n' },
  { name: 'a negative error', text: text.replace('"stderr": 0.5', '"stderr": -0.5'), place: 'metrics[0].stderr' },
  { name: 'a date without a zone', text: text.replace('05.000Z', '05'), place: 'runs[0].date' },
];

test('there are enough variants', () => expect(variants.length).toBeGreaterThanOrEqual(50));

test.each(variants.map((variant) => [variant.name, variant] as const))('a broken document: %s', async (_, variant) => {
  await expectRefused(variant, name, (content) => readHead(skiagram, { [name]: content }, name));
});
