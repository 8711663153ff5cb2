import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { SkiagramError } from '../../../src/base/error.ts';
import { evalResults } from '../../../src/harness/eval-results/reader.ts';
import { brokenYaml } from '../broken-yaml.ts';
import { wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';

const recorded = readFileSync(new URL('./fixtures/results.yaml', import.meta.url)).toString();
const entries = parse(recorded.replace('.inf', '1'));

const values = wrongValues(entries, [
  { path: [0], kinds: ['null', 'a number', 'text', 'a list', 'true'] },
  { path: [0, 'dataset'], kinds: ['null', 'a number', 'text', 'a list', 'true', 'gone'] },
  { path: [0, 'dataset', 'id'], kinds: ['null', 'a number', 'a list', 'an object', 'true', 'gone'] },
  { path: [0, 'dataset', 'task_id'], kinds: ['a list', 'an object', 'true'] },
  { path: [0, 'dataset', 'revision'], kinds: ['a list', 'an object', 'true'] },
  { path: [1, 'dataset', 'split'], kinds: ['a list', 'an object'] },
  { path: [2, 'dataset', 'config'], kinds: ['a list', 'an object'] },
  { path: [1, 'value'], kinds: ['null', 'text', 'a list', 'an object', 'true', 'gone'] },
  { path: [0, 'source'], kinds: ['a number', 'text', 'a list'] },
  { path: [0, 'notes'], kinds: ['a number', 'a list', 'an object'] },
]).map(({ name, text, place }): [string, string, string] => [name, stringify(JSON.parse(text)), place]);

test.each<[string, string, string]>([
  ...values,
  ...brokenYaml(recorded).map(({ name, text, place }): [string, string, string] => [name, text, place]),
  ['an empty list', '[]', 'the top'],
  ['an object', 'dataset: {id: a}\nvalue: 1\n', 'the top'],
  ['an id that is empty', '- dataset: {id: ""}\n  value: 1\n', '[0].dataset.id'],
  ['a number in words', '- dataset: {id: a}\n  value: "45.3"\n', '[0].value'],
  ['task_id and config that differ', '- dataset: {id: a, task_id: b, config: c}\n  value: 1\n', '[0].dataset'],
  ['a task twice', stringify([entries[0], entries[0]], { aliasDuplicateObjects: false }), '[1]'],
  [
    'a task under the old and the new key',
    '- dataset: {id: a, task_id: b}\n  value: 1\n- dataset: {id: a, config: b}\n  value: 2\n',
    '[1]',
  ],
])('refused with file and place: %s', async (_, text, place) => {
  const error = await readFiles(evalResults, { 'r.yaml': text }, ['r.yaml']).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SkiagramError);
  expect((error as SkiagramError).message).toContain('r.yaml');
  expect((error as SkiagramError).message).toContain(place);
});
