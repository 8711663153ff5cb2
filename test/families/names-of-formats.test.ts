import { expect, test } from 'vitest';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { findTask } from '../../src/families/find-task.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { defaultFamilies } from '../../src/pipeline/load-taxonomy.ts';
import { rawTask } from '../scores/raw-task.ts';
import { namesOfFormats } from './names-of-formats.ts';

const rules = resolveTaxonomy(await defaultFamilies(), undefined);

test('the table holds names of every format that names tasks', () => {
  expect(namesOfFormats.length).toBeGreaterThanOrEqual(100);
  expect(new Set(namesOfFormats.map(({ format }) => format)).size).toBe(9);
});

test.each(namesOfFormats.map((named) => [named.format, named.task, named] as const))(
  '%s: %s',
  (format, name, named) => {
    const found = findTask(rules, name);
    expect([found?.rule.family, found?.rule.id]).toEqual([named.family, named.benchmark]);
    // A group: OpenCompass's averages are left out by its reader, so there is no metric to read.
    if (named.read === '-') return;
    const run: RawRun = {
      schemaVersion: '1.0',
      harness: format,
      harnessVersion: null,
      suite: 's',
      fingerprint: null,
      settings: {},
      date: null,
      files: [],
      tasks: [task(name, named.metrics)],
    };
    const { families } = assignTasks(rules, [[run], [run]]);
    const [read] = families.flatMap(({ tasks }) => tasks);
    expect(read && key(read.metric, read.filter)).toBe(named.read);
  },
);

test.each([
  // Inspect means the single-true questions, the Open LLM Leaderboard the multiple-true ones.
  'truthfulqa',
  // Another owner's data set may be a translation.
  'somebody/hellaswag/validation',
  'cais/mmlu/anatomy/validation',
  'validation',
])('%s is listed as unknown, not guessed', (name) => expect(findTask(rules, name)).toBeUndefined());

function task(name: string, keys: readonly string[]): RawTask {
  const [like] = rawTask([1, 0], name).metrics;
  if (like === undefined) throw new Error('unreachable: a raw task has a metric');
  const metrics = keys.map((text) => {
    const [metric = '', filter = 'none'] = text.split(',');
    return { ...like, metric, filter };
  });
  return { ...rawTask([1, 0], name), metrics, samples: [] };
}

function key(metric: string, filter: string): string {
  return filter === 'none' ? metric : `${metric},${filter}`;
}
