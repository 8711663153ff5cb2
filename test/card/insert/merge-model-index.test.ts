import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { mergeModelIndex } from '../../../src/card/insert/merge-model-index.ts';
import type { IndexEntry, IndexResult } from '../../../src/card/model-index-entry.ts';
import { hostileNames } from '../../hostile-names.ts';

const result = (type: string, value: number): IndexResult => ({
  task: { type: 'text-generation', name: 'Sums' },
  dataset: { name: type, type },
  metrics: [{ type: 'acc', value, name: 'acc', args: { written_by: 'skiagram 0.1.0', n: 10 } }],
});
const entry = (...results: IndexResult[]): IndexEntry => ({ name: 'model', results });
const merge = (yaml: string, own = entry(result('sums', 0.5))) => mergeModelIndex(yaml, own, 'README.md');

const foreign = `model-index:
# about the first
- name: model   # mine
  results:
  - task: {type: text-generation}
    dataset: {type: acme/arc, name: ARC}
    metrics:
    - {type: acc, value: 61.250, verified: true, verifyToken: abc}   # checked
- name: other
  results: []
`;
const others = `license: mit   # a comment
# above tags
tags: [ a,   b ]

language:
    - en   # odd indentation
date: 2026-01-02
`;

test.each([
  ['nothing', ''],
  ['keys without the index', others],
  ['a comment only', '# nothing yet\n'],
  ['a last line without an end', 'license: mit'],
  ['Windows line ends', others.replaceAll('\n', '\r\n')],
])('into %s: what was there stays to the byte, and once more changes nothing', (_, yaml) => {
  const once = merge(yaml).yaml;
  expect(once.startsWith(yaml)).toBe(true);
  expect(parse(once)['model-index']).toEqual([entry(result('sums', 0.5))]);
  expect(merge(once)).toEqual({ yaml: once, leftOut: [] });
  if (yaml.includes('\r')) expect(once).not.toMatch(/[^\r]\n/);
});

test.each([
  ['first', foreign + others],
  ['last', others + foreign],
  ['in the middle', `${others}${foreign}# before the next key\n\nlibrary_name: x\n`],
  ['with Windows line ends', `${others}${foreign}\nlibrary_name: x\n`.replaceAll('\n', '\r\n')],
])('where an index stands %s, only its lines change, and results, comments and numbers of others stay', (_, yaml) => {
  const once = merge(yaml).yaml;
  const end = yaml.includes('\r') ? '\r\n' : '\n';
  for (const line of [...others.split('\n'), '# before the next key', 'library_name: x'])
    if (yaml.includes(line)) expect(once.split(end)).toContain(line);
  const outside = (text: string): string => text.replace(/model-index:[\s\S]*?results: \[\]\s*?(?:\r?\n)/, '');
  expect(outside(once)).toBe(outside(yaml));
  const [model, other] = parse(once)['model-index'];
  expect(model.results).toEqual([
    {
      task: { type: 'text-generation' },
      dataset: { type: 'acme/arc', name: 'ARC' },
      metrics: [{ type: 'acc', value: 61.25, verified: true, verifyToken: 'abc' }],
    },
    result('sums', 0.5),
  ]);
  expect(other).toEqual({ name: 'other', results: [] });
  for (const part of ['# about the first', '# mine', '# checked', '61.250']) expect(once).toContain(part);
  expect(merge(once).yaml).toBe(once);
});

test('a newer card replaces what an older one wrote, and drops what it no longer has', () => {
  const old = merge(foreign, entry(result('sums', 0.5), result('gone', 0.1))).yaml;
  const { yaml, leftOut } = merge(old, entry(result('sums', 0.75), result('new', 0.2)));
  const [model] = parse(yaml)['model-index'];
  expect(model.results.map(({ dataset, metrics }: IndexResult) => [dataset.type, metrics[0]?.value])).toEqual([
    ['acme/arc', 61.25],
    ['sums', 0.75],
    ['new', 0.2],
  ]);
  expect(leftOut).toEqual([]);
});

test('a result of someone else is never overwritten', () => {
  const { yaml, leftOut } = merge(foreign, entry(result('acme/arc', 0.1), result('sums', 0.5)));
  expect(parse(yaml)['model-index'][0].results).toHaveLength(2);
  expect(parse(yaml)['model-index'][0].results[0].metrics[0].value).toBe(61.25);
  expect(leftOut).toEqual([{ what: 'model-index: acme/arc', reason: expect.stringContaining('someone else') }]);
});

test('another model is added beside those that are there; an empty index is filled', () => {
  const own = { ...entry(result('sums', 0.5)), name: 'second' };
  expect(parse(merge(foreign, own).yaml)['model-index'].map(({ name }: IndexEntry) => name)).toEqual([
    'model',
    'other',
    'second',
  ]);
  for (const empty of [
    'model-index:\nlicense: mit\n',
    'model-index: []\n',
    'model-index: null\n',
    'model-index: [{name: model, results: []}]\n',
  ])
    expect(parse(merge(empty).yaml)['model-index']).toEqual([entry(result('sums', 0.5))]);
});

test.each([
  ['no mapping', '- a\n- b\n', 'line 2'],
  ['a mapping in braces', '{license: mit}\n', 'braces'],
  ['indented keys', '  license: mit\n', 'line 2'],
  ['a key twice', 'a: 1\na: 2\n', 'line 3'],
  ['no YAML', 'a: [1\nb: 2\n', 'line'],
  ['an index that is no list', 'license: mit\nmodel-index: {name: x}\n', 'line 3'],
  ['results that are no list', 'model-index:\n- name: model\n  results: 5\n', 'no list'],
  ['an alias', 'a: &a {x: 1}\nmodel-index:\n- name: model\n  results: [*a]\n', 'line 3'],
  ['an anchor', 'model-index:\n- &a {name: model, results: []}\n', 'anchor'],
])('%s is refused with its place', (_, yaml, part) => {
  expect(() => merge(yaml)).toThrow(expect.objectContaining({ code: 'card-front-matter' }));
  expect(() => merge(yaml)).toThrow(part);
});

test.each(hostileNames)('the name %j goes in, comes back and is found again', (name) => {
  const own: IndexEntry = { name, results: [{ ...result(name, 0.5), task: { type: name, name } }] };
  const once = merge(others + foreign, own).yaml;
  expect(parse(once)['model-index'].at(-1)).toEqual(own);
  expect(merge(once, own).yaml).toBe(once);
  const newer = { name, results: [{ ...result(name, 0.75), task: { type: name, name } }] };
  expect(parse(merge(once, newer).yaml)['model-index'].at(-1)).toEqual(newer);
});
