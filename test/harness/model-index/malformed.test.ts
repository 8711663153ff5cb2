import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { SkiagramError } from '../../../src/base/error.ts';
import { modelIndex } from '../../../src/harness/model-index/reader.ts';
import { brokenYaml } from '../broken-yaml.ts';
import { wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';

const card = readFileSync(new URL('./fixtures/card.md', import.meta.url)).toString();
const yaml = card.split('---\n')[1] as string;
const wrap = (text: string) => `---\n${text}\n---\n# card\n`;
const index = ['model-index'] as const;
const result = [...index, 0, 'results', 0] as const;

const values = wrongValues(parse(yaml), [
  { path: index, kinds: ['null', 'a number', 'text', 'an object', 'gone'] },
  { path: [...index, 0], kinds: ['null', 'text', 'a list'] },
  { path: [...index, 0, 'name'], kinds: ['null', 'a list', 'gone'] },
  { path: [...index, 0, 'results'], kinds: ['null', 'text', 'an object', 'gone'] },
  { path: result, kinds: ['null', 'text', 'a number'] },
  { path: [...result, 'dataset'], kinds: ['null', 'text', 'a list', 'gone'] },
  { path: [...result, 'dataset', 'type'], kinds: ['null', 'a number', 'a list', 'gone'] },
  { path: [...result, 'dataset', 'config'], kinds: ['a list', 'true'] },
  { path: [...result, 'dataset', 'revision'], kinds: ['an object'] },
  { path: [...result, 'dataset', 'args'], kinds: ['text', 'a list'] },
  { path: [...result, 'metrics'], kinds: ['null', 'text', 'an object', 'gone'] },
  { path: [...result, 'metrics', 0], kinds: ['null', 'a number'] },
  { path: [...result, 'metrics', 0, 'type'], kinds: ['null', 'a number', 'gone'] },
  { path: [...result, 'metrics', 0, 'name'], kinds: ['a list', 'true'] },
  { path: [...result, 'metrics', 0, 'value'], kinds: ['null', 'true', 'gone'] },
]).map(({ name, text, place }): [string, string, string] => [name, wrap(stringify(JSON.parse(text))), place]);

const again = parse(yaml);
again['model-index'][0].results.push(again['model-index'][0].results[0]);
const sameMetric = yaml.replace('flexible match', 'strict match');

test.each<[string, string, string]>([
  ...values,
  ...brokenYaml(yaml, 2).map(({ name, text, place }): [string, string, string] => [name, wrap(text), place]),
  ['no front matter', '# card\n', 'line 1'],
  ['an empty file', '', 'line 1'],
  ['front matter that is not closed', `---\n${yaml}`, 'not closed'],
  ['front matter cut short', card.slice(0, 300), 'not closed'],
  ['no results', wrap('model-index: []'), 'model-index'],
  ['no metrics', wrap('model-index: [{name: a, results: [{dataset: {type: b}, metrics: []}]}]'), 'metrics'],
  ['a task twice', wrap(stringify(again, { aliasDuplicateObjects: false })), 'model-index[0].results[2]'],
  ['a metric twice under one name', wrap(sameMetric), 'model-index[0].results[0].metrics[1]'],
])('refused with file and place: %s', async (_, text, place) => {
  const error = await readFiles(modelIndex, { 'README.md': text }, ['README.md']).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(SkiagramError);
  expect((error as SkiagramError).message).toContain('README.md');
  expect((error as SkiagramError).message).toContain(place);
});
