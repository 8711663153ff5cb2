import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagnostics } from '../../src/diagnostics/registry.ts';
import { patterns } from '../../src/findings/registry.ts';
import { readers } from '../../src/harness/readers.ts';
import { skiagram } from './skiagram.ts';

const json = async (...args: string[]): Promise<Record<string, Record<string, unknown>[]>> =>
  JSON.parse((await skiagram(['list', ...args, '--json'])).stdout);

test('tasks come with metric, chance, maximum, confidence and source', async () => {
  const { tasks } = await json('tasks', '--family', 'mm_math');
  expect(tasks?.find(({ task }) => task === 'mathvista')).toMatchObject({
    family: 'mm_math',
    chance: 0.179,
    max: 1,
    confidence: 'sourced',
    source: expect.stringContaining('2310.02255'),
    match: [],
  });
  expect(new Set(tasks?.map(({ family }) => family))).toEqual(new Set(['mm_math']));
});

test('a name of any harness is read as its task', async () => {
  const { tasks } = await json('tasks', 'mmlu_anatomy', 'MMLU-Pro', 'lukaemon_mmlu_anatomy');
  expect(tasks?.map(({ task }) => task)).toEqual(['mmlu', 'mmlu_pro']);
});

test('families count their tasks and the levels that nobody looked up', async () => {
  const { families } = await json('families');
  const { tasks } = await json('tasks');
  expect(families?.reduce((sum, family) => sum + Number(family.tasks), 0)).toBe(tasks?.length);
  expect(families?.reduce((sum, family) => sum + Number(family.recalled), 0)).toBeGreaterThan(0);
});

test('formats, diagnostics and findings are those of their registries', async () => {
  const ids = async (kind: string): Promise<unknown[] | undefined> => (await json(kind))[kind]?.map(({ id }) => id);
  expect(await ids('formats')).toEqual(Object.keys(readers));
  expect(await ids('diagnostics')).toEqual(Object.keys(diagnostics));
  expect(await ids('findings')).toEqual(Object.keys(patterns));
});

test('a families file of one’s own is laid over the built-in one', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'skiagram-list-')), 'mine.yaml');
  writeFileSync(file, 'families: {mine: {tasks: {gsm8k: {metric: acc, chance: 0.1}}}}\n');
  const { tasks } = await json('tasks', '--families', file, '--family', 'mine');
  expect(tasks).toMatchObject([{ task: 'gsm8k', chance: 0.1, confidence: null }]);
  writeFileSync(file, 'extends: none\nfamilies: {mine: {tasks: {gsm8k: {metric: acc, chance: 0.1}}}}\n');
  expect((await json('tasks', '--families', file)).tasks).toHaveLength(1);
});

describe('what is not known is refused with the name that was meant', () => {
  test.each([
    [['task'], '"tasks"'],
    [['tasks', '--family', 'maths'], '"math"'],
    [['tasks', 'gsm9k'], '"gsm8k"'],
    [['tasks', 'nothing_like_it_at_all'], 'never guessed'],
    [['families', 'math'], 'skiagram list tasks'],
  ])('list %j', async (args, hint) => {
    const { exitCode, stdout, stderr } = await skiagram(['list', ...args]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
  });

  test('control characters in a name do not reach the terminal', async () => {
    const { exitCode, stderr } = await skiagram(['list', 'tasks', 'x\u001b[31m']);
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain('\u001b[31m"');
  });
});
