import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evalResults } from '../../../src/harness/eval-results/reader.ts';
import { readFiles, readTwice } from '../read-files.ts';

const recorded = readFileSync(new URL('./fixtures/results.yaml', import.meta.url)).toString();
const name = '.eval_results/results.yaml';

test('claimed scores whose metric and unit nobody says', async () => {
  const [run, ...others] = await readTwice(evalResults, { [name]: recorded });
  expect(others).toEqual([]);
  expect(run).toMatchObject({ harness: 'eval-results', model: null, claimed: true, date: null, settings: {} });
  const score = { metric: 'score', filter: 'none', stderr: null, higherIsBetter: null, unit: 'unknown' };
  expect(run?.tasks.map(({ task, version, metrics }) => [task, version, metrics])).toEqual([
    ['acme/gpqa/diamond', '740312a', [{ ...score, value: 41.9 }]],
    ['acme/hle/validation', null, [{ ...score, value: 0.412 }]],
    ['acme/sums/hard', null, [{ ...score, value: null }]],
  ]);
  expect(run?.tasks[2]?.warnings.map(({ code }) => code)).toEqual(['non-finite-score', 'samples-missing']);
  expect(run?.leftOut).toEqual([
    { what: `${name}: [0].date`, reason: 'the day of one result; a run has one date' },
    { what: `${name}: [0].notes`, reason: 'free text that may say how it was run: 5 runs' },
  ]);
});

test('the files of one repository are one run', async () => {
  const runs = await readFiles(evalResults, {
    '.eval_results/a.yaml': recorded,
    '.eval_results/b.yml': '- value: 1\n  dataset:\n    id: acme/more\n',
  });
  expect(runs.map(({ tasks }) => tasks.map(({ task }) => task))).toEqual([
    ['acme/gpqa/diamond', 'acme/hle/validation', 'acme/more', 'acme/sums/hard'],
  ]);
});

test('a task in two files is refused: nothing says which result is newer', async () => {
  await expect(readFiles(evalResults, { 'a.yaml': recorded, 'b.yaml': recorded })).rejects.toMatchObject({
    code: 'task-twice',
    message: expect.stringMatching(/a\.yaml.*b\.yaml|b\.yaml.*a\.yaml/),
  });
});

test('other YAML is not recognised; markup in names is data', async () => {
  expect(await readFiles(evalResults, { 'a.yaml': 'tasks:\n  - dataset: x\n', 'b.yaml': '- dataset: x\n' })).toEqual(
    [],
  );
  const [run] = await readFiles(evalResults, { 'a.yaml': recorded.replace('acme/sums', '"<i>\\e[1m"') });
  expect(run?.tasks.map(({ task }) => task)).toContain('<i>\u001b[1m/hard');
});
