import { expect, inject, test } from 'vitest';
import { evalResults } from '../../../src/card/formats/eval-results.ts';
import type { CardScore, ModelCard } from '../../../src/card/model-card.ts';
import { evalResults as reader } from '../../../src/harness/eval-results/reader.ts';
import { readTwice } from '../../harness/read-files.ts';
import { hostileNames } from '../../hostile-names.ts';
import { exampleCard, hostileCard } from '../example-card.ts';

const card = exampleCard(inject('exampleRun'));
const [one, two] = card.scores as [CardScore, CardScore];
const set = (task_id: string, scale: 'percent' | 'proportion' = 'percent') => ({ id: 'org/set', task_id, scale });
const read = async (of: ModelCard) => {
  const { files } = evalResults.render(of);
  return (await readTwice(reader, Object.fromEntries(files.map(({ path, text }) => [path, text]))))[0];
};

test('tasks without a place on the hub are refused with the reason, and there is no file', () => {
  const { files, leftOut } = evalResults.render(card);
  expect(files).toEqual([]);
  expect(leftOut).toHaveLength(36);
  expect(leftOut[0]).toEqual({ what: one.task, reason: expect.stringContaining('--datasets') });
});

test('a score comes back in the scale of its board, with what the format has no field for in the notes', async () => {
  const own = {
    ...card,
    scores: [
      { ...one, dataset: set('a') },
      { ...two, dataset: set('b', 'proportion') },
    ],
  };
  const [file] = evalResults.render(own).files;
  expect(file?.path).toBe('.eval_results/tiny.yaml');
  expect(evalResults.check(file?.text ?? '')).toEqual([]);
  expect(file?.text).toContain('notes: "0-shot, lm-eval 0.4.13, acc, 95 % interval 76.64 to 87.14 (Wilson), n = 200"');
  expect(file?.text).toMatch(/date: "2026-/);
  expect((await read(own))?.tasks.map(({ task, metrics }) => [task, metrics[0]?.value])).toEqual([
    ['org/set/a', 82.5],
    ['org/set/b', 0.84],
  ]);
});

test.each<[string, Partial<CardScore>]>([
  ['its scale is not', { scale: { unit: 'points', max: 1000 } }],
  ['its scale is not', { scale: { unit: 'unknown', max: null } }],
  ['higher is not better', { lowerIsBetter: true }],
  ['higher is not better', { lowerIsBetter: null }],
  ['It broke', { score: { status: 'failed', code: 'x', reason: 'It broke.' } }],
])('refused because %s', (reason, change) => {
  const { files, leftOut } = evalResults.render({ ...card, scores: [{ ...one, dataset: set('a'), ...change }] });
  expect(files).toEqual([]);
  expect(leftOut).toEqual([{ what: one.task, reason: expect.stringContaining(reason) }]);
});

test('two suites have a file each; two tasks of one suite cannot share a place', () => {
  const scores = [
    { ...one, dataset: set('a') },
    { ...two, dataset: set('a') },
    { ...one, suite: 'other', dataset: set('a') },
  ];
  const { files, leftOut } = evalResults.render({ ...card, scores });
  expect(files.map(({ path }) => path)).toEqual(['.eval_results/tiny.yaml', '.eval_results/other.yaml']);
  expect(leftOut).toEqual([{ what: two.task, reason: expect.stringContaining('another task') }]);
});

test.each(hostileNames)('the name %j comes back from YAML, and the file stays in its folder', async (name) => {
  const own = hostileCard(card, name);
  own.scores = own.scores.map((score) => ({ ...score, dataset: { ...set(name), revision: name } }));
  const [file] = evalResults.render(own).files;
  expect(file?.path).toMatch(/^\.eval_results\/[A-Za-z0-9_][A-Za-z0-9._-]{0,63}\.yaml$/);
  expect(evalResults.check(file?.text ?? '')).toEqual([]);
  expect((await read(own))?.tasks).toMatchObject([
    { task: `org/set/${name}`, version: name, metrics: [{ value: 82.5 }] },
  ]);
});
