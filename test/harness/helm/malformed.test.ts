import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { helm } from '../../../src/harness/helm/reader.ts';
import { brokenTexts, expectRefused, wrongValues } from '../malformed.ts';
import { readFiles } from '../read-files.ts';

const text = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url)).toString();
const recorded = {
  'run_spec.json': text('run_spec.json'),
  'stats.json': text('stats.json'),
  'per_instance_stats.json': text('per_instance_stats.json'),
  'instances.json': text('instances.json'),
};
const parsed = (name: keyof typeof recorded) => JSON.parse(recorded[name]);
const read = (files: Record<string, string>) => readFiles(helm, files, ['run_spec.json']);

describe.each<[keyof typeof recorded, Parameters<typeof wrongValues>[1]]>([
  [
    'run_spec.json',
    [
      { path: ['name'], kinds: ['a number', 'null', 'a list', 'gone'] },
      { path: ['scenario_spec'], kinds: ['null', 'text', 'gone'] },
      { path: ['scenario_spec', 'class_name'], kinds: ['a number', 'gone'] },
      { path: ['adapter_spec'], kinds: ['a list', 'text', 'gone'] },
      { path: ['adapter_spec', 'model'], kinds: ['a number', 'null', 'gone'] },
      { path: ['adapter_spec', 'max_train_instances'], kinds: ['text', 'a list'] },
      { path: ['adapter_spec', 'max_eval_instances'], kinds: ['text'] },
      { path: ['adapter_spec', 'num_train_trials'], kinds: ['text', 'an object'] },
    ],
  ],
  [
    'stats.json',
    [
      { path: [9], kinds: ['a number', 'null', 'text', 'a list'] },
      { path: [9, 'name'], kinds: ['text', 'null', 'gone'] },
      { path: [9, 'name', 'name'], kinds: ['a number', 'null', 'gone'] },
      { path: [9, 'name', 'split'], kinds: ['a number', 'a list'] },
      { path: [9, 'count'], kinds: ['text', 'null', 'gone'] },
      { path: [9, 'mean'], kinds: ['text', 'a list', 'true'] },
      { path: [9, 'sum'], kinds: ['text'] },
    ],
  ],
  [
    'per_instance_stats.json',
    [
      { path: [1], kinds: ['a number', 'null'] },
      { path: [1, 'instance_id'], kinds: ['a number', 'null', 'gone'] },
      { path: [1, 'train_trial_index'], kinds: ['text', 'gone'] },
      { path: [1, 'stats'], kinds: ['text', 'an object', 'gone'] },
      { path: [1, 'stats', 1, 'count'], kinds: ['text'] },
      { path: [1, 'stats', 1, 'mean'], kinds: ['text'] },
    ],
  ],
  [
    'instances.json',
    [
      { path: [2], kinds: ['text', 'null'] },
      { path: [2, 'id'], kinds: ['a number', 'a list'] },
      { path: [2, 'input'], kinds: ['gone'] },
      { path: [2, 'references'], kinds: ['text'] },
    ],
  ],
])('%s', (name, paths) => {
  test.each([...brokenTexts(recorded[name], name), ...wrongValues(parsed(name), paths)])(
    'refused with file and place: $name',
    async (variant) => {
      await expectRefused(variant, name, (broken) => read({ ...recorded, [name]: broken }));
    },
  );
});

test.each<[string, string, string, Record<string, string>]>([
  [
    'no stats.json',
    'results-missing',
    'run_spec.json: there is no stats.json',
    { 'run_spec.json': recorded['run_spec.json'] },
  ],
  ['stats that are an object', 'results-malformed', 'stats.json: the top', { ...recorded, 'stats.json': '{}' }],
  ['no split', 'results-malformed', 'stats.json: name.split', { ...recorded, 'stats.json': '[]' }],
  [
    'only a training split',
    'results-malformed',
    'stats.json: name.split',
    { ...recorded, 'stats.json': recorded['stats.json'].replace(/"split": "(test|valid)"/g, '"split": "train"') },
  ],
  [
    'a metric twice',
    'results-malformed',
    'stats.json: [17].name',
    { ...recorded, 'stats.json': JSON.stringify([...parsed('stats.json'), parsed('stats.json')[9]]) },
  ],
  [
    'an instance twice',
    'results-malformed',
    'per_instance_stats.json: [6]',
    {
      ...recorded,
      'per_instance_stats.json': JSON.stringify([
        ...parsed('per_instance_stats.json'),
        parsed('per_instance_stats.json')[0],
      ]),
    },
  ],
])('refused with file and place: %s', async (_, code, place, files) => {
  await expect(read(files)).rejects.toMatchObject({
    name: 'SkiagramError',
    code,
    message: expect.stringContaining(place),
  });
});
