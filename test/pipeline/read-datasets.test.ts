import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readDatasets } from '../../src/pipeline/read-datasets.ts';
import { folder } from '../harness/stage.ts';

const read = async (text: string): Promise<unknown> => {
  const path = join(await folder(), 'datasets.yaml');
  await writeFile(path, text);
  return readDatasets(path);
};

test('YAML and JSON', async () => {
  const places = { task: { id: 'org/set', task_id: 'main', scale: 'percent' } };
  expect(await read('task: {id: org/set, task_id: main, scale: percent}\n')).toEqual(places);
  expect(await read(JSON.stringify(places))).toEqual(places);
});

test.each([
  ['an unknown key', 'task: {id: org/set, task: main, scale: percent}', 'task'],
  ['another scale', 'task: {id: org/set, task_id: main, scale: percentage}', 'percentage'],
  ['no hub id', 'task: {id: ../set, task_id: main, scale: percent}', 'task.id'],
  ['a list', '- task', 'the document'],
])('%s is refused with its place', async (_, text, part) => {
  await expect(read(text)).rejects.toMatchObject({
    code: 'datasets-invalid',
    exitCode: 2,
    message: expect.stringContaining(part),
  });
});

test('no YAML and no file', async () => {
  await expect(read('a: [')).rejects.toMatchObject({ message: expect.stringContaining('datasets.yaml:1') });
  await expect(readDatasets('no-such.yaml')).rejects.toMatchObject({ code: 'datasets-invalid' });
});
