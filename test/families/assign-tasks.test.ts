import { describe, expect, test } from 'vitest';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import type { FamiliesDocument, TaskEntry } from '../../src/families/families-document.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { rawTask } from '../scores/raw-task.ts';

const rulesOf = (tasks: Record<string, TaskEntry>, more: FamiliesDocument['families'] = {}) =>
  resolveTaxonomy({ families: { exams: { title: 'Exams', tasks }, ...more } }, undefined);
const run = (...tasks: RawTask[]): RawRun => ({
  schemaVersion: '1.0',
  harness: 'lm-eval',
  harnessVersion: '0.4.13',
  suite: 'core',
  fingerprint: null,
  settings: {},
  date: null,
  files: [],
  tasks,
});
const outcomes = (right: number, n: number): number[] => Array.from({ length: n }, (_, item) => (item < right ? 1 : 0));
const withoutItems = (task: RawTask, n: number | null = task.n): RawTask => ({ ...task, n, samples: [] });
const mmlu: Record<string, TaskEntry> = {
  mmlu: {
    aliases: ['cais/mmlu'],
    match: ['mmlu_*'],
    groups: ['mmlu_stem'],
    metrics: ['acc'],
    chance: 0.25,
    options: 4,
  },
};

test('only families and tasks that the results hold are in the taxonomy; unknown ones are listed', () => {
  const rules = rulesOf({ a: { metric: 'acc', chance: 0 }, b: { metric: 'acc', chance: 0 } }, { empty: { tasks: {} } });
  const { families, unknown } = assignTasks(rules, [[run(rawTask([1, 0], 'a'), rawTask([1], 'something_else'))]]);
  expect(families).toEqual([
    {
      id: 'exams',
      title: 'Exams',
      side: 'other',
      tasks: [{ id: 'a', metric: 'acc', filter: 'none', chance: 0, max: 1, source: 'families file' }],
    },
  ]);
  expect(unknown).toEqual(['something_else']);
});

test('no results, no families', () => {
  expect(assignTasks(rulesOf(mmlu), [])).toMatchObject({ families: [], unknown: [], leftOut: [], runs: [] });
});

describe('parts of one benchmark', () => {
  const parts = Array.from({ length: 12 }, (_, index) =>
    rawTask(outcomes(index + 1, 20 + index), `mmlu_subject_${index}`),
  );

  test('become one task: items together, a part a cluster, the score the mean over items', () => {
    const { families, runs } = assignTasks(rulesOf(mmlu), [[run(...parts)], [run(...[...parts].reverse())]]);
    expect(families[0]?.tasks).toMatchObject([{ id: 'mmlu', chance: 0.25, parts: parts.map(({ task }) => task) }]);
    const pooled = runs[0]?.[0]?.tasks.find((task) => task.task === 'mmlu');
    const items = parts.flatMap((part) => part.samples.map((sample) => sample.metrics.acc ?? 0));
    expect(pooled?.n).toBe(items.length);
    expect(pooled?.metrics[0]?.value).toBeCloseTo(items.reduce((sum, value) => sum + value, 0) / items.length, 12);
    expect(new Set(pooled?.samples.map((sample) => sample.cluster)).size).toBe(12);
    expect(new Set(pooled?.samples.map((sample) => sample.docId)).size).toBe(items.length);
    expect(runs[1]?.[0]?.tasks.find((task) => task.task === 'mmlu')).toEqual(pooled);
    expect(runs[0]?.[0]?.tasks).toHaveLength(13);
  });

  test('fewer than ten keep the clusters of their items', () => {
    const { runs } = assignTasks(rulesOf(mmlu), [[run(...parts.slice(0, 3))]]);
    expect(new Set(runs[0]?.[0]?.tasks[0]?.samples.map((sample) => sample.cluster))).toEqual(new Set([null]));
  });

  test('without items are weighted by n, with the error of a weighted mean', () => {
    const bare = [rawTask(outcomes(5, 10), 'mmlu_a'), rawTask(outcomes(30, 40), 'mmlu_b')].map((task) => {
      const aggregate = withoutItems(task);
      return { ...aggregate, metrics: aggregate.metrics.map((metric) => ({ ...metric, stderr: 0.1 })) };
    });
    const { runs } = assignTasks(rulesOf(mmlu), [[run(...bare)]]);
    expect(runs[0]?.[0]?.tasks[0]).toMatchObject({ task: 'mmlu', n: 50, samples: [] });
    expect(runs[0]?.[0]?.tasks[0]?.metrics[0]?.value).toBeCloseTo(35 / 50, 12);
    expect(runs[0]?.[0]?.tasks[0]?.metrics[0]?.stderr).toBeCloseTo(Math.sqrt(10 ** 2 + 40 ** 2) * (0.1 / 50), 12);
  });

  test('whose n nobody says stay tasks of their own', () => {
    const bare = parts.slice(0, 2).map((task) => withoutItems(task, null));
    expect(assignTasks(rulesOf(mmlu), [[run(...bare)]]).families[0]?.tasks.map(({ id }) => id)).toEqual([
      'mmlu_subject_0',
      'mmlu_subject_1',
    ]);
  });

  test('that only some checkpoints have are left out with the reason', () => {
    const { families, leftOut } = assignTasks(rulesOf(mmlu), [[run(...parts)], [run(...parts.slice(0, 11))]]);
    expect(families[0]?.tasks[0]?.parts).toHaveLength(11);
    expect(leftOut).toEqual([{ task: 'mmlu_subject_11', reason: expect.stringContaining('not every checkpoint') }]);
  });

  test('a group beside them does not count: neither the whole nor an average over some', () => {
    const groups = [rawTask(outcomes(9, 10), 'mmlu'), rawTask(outcomes(9, 10), 'mmlu_stem')];
    const { families, leftOut, runs } = assignTasks(rulesOf(mmlu), [[run(...groups, ...parts)]]);
    expect(families[0]?.tasks.map(({ id }) => id)).toEqual(['mmlu']);
    expect(families[0]?.tasks[0]?.parts).toHaveLength(12);
    expect(leftOut.map(({ task }) => task)).toEqual(['mmlu', 'mmlu_stem']);
    expect(leftOut[0]?.reason).toContain('12 parts count');
    expect(runs[0]?.[0]?.tasks.filter((task) => task.task === 'mmlu').map(({ n }) => n)).toEqual([306]);
  });

  test('the whole counts where a checkpoint has nothing else', () => {
    const whole = rawTask(outcomes(9, 10), 'cais/mmlu');
    const { families, leftOut } = assignTasks(rulesOf(mmlu), [[run(whole, ...parts)], [run(whole)]]);
    expect(families[0]?.tasks).toMatchObject([{ id: 'cais/mmlu', benchmark: 'mmlu' }]);
    expect(leftOut).toHaveLength(12);
  });

  test('different prompts of one part show in the hash of the pooled task, equal ones do not', () => {
    const hashed = (hash: string): RawRun =>
      run(...parts.map((part, index) => ({ ...part, hash: index === 3 ? hash : 'same' })));
    const { runs } = assignTasks(rulesOf(mmlu), [[hashed('one')], [hashed('two')], [hashed('one')]]);
    const [one, two, again] = runs.map((own) => own[0]?.tasks[0]?.hash);
    expect(one).not.toBe(two);
    expect(one).toBe(again);
  });

  test('a part that answered with non-finite numbers makes the whole fail, by name', () => {
    const broken = { ...(parts[0] as RawTask), warnings: [{ code: 'non-finite-responses', message: 'NaN.' }] };
    const { runs } = assignTasks(rulesOf(mmlu), [[run(broken, ...parts.slice(1))]]);
    expect(runs[0]?.[0]?.tasks[0]?.warnings).toEqual([
      { code: 'non-finite-responses', message: 'mmlu_subject_0: NaN.' },
    ]);
  });

  test('spread over two suites of a checkpoint they are not put together', () => {
    const { families } = assignTasks(rulesOf(mmlu), [[run(...parts.slice(0, 6)), run(...parts.slice(6))]]);
    expect(families[0]?.tasks).toHaveLength(12);
  });
});

test('two forms of one benchmark count once: the first name that every checkpoint has', () => {
  const rules = rulesOf({ gsm8k: { aliases: ['gsm8k_cot'], metrics: ['acc'], chance: 0 } });
  const [plain, cot] = [rawTask([1], 'gsm8k'), rawTask([1], 'gsm8k_cot')];
  expect(assignTasks(rules, [[run(cot, plain)]])).toMatchObject({
    families: [{ tasks: [{ id: 'gsm8k' }] }],
    leftOut: [{ task: 'gsm8k_cot', reason: expect.stringContaining('gsm8k') }],
  });
  expect(assignTasks(rules, [[run(cot, plain)], [run(cot)]]).families[0]?.tasks[0]?.id).toBe('gsm8k_cot');
});

describe('chance', () => {
  const level = (entry: TaskEntry, ...tasks: RawTask[]) =>
    assignTasks(
      rulesOf({ x: entry }),
      tasks.map((task) => [run(task)]),
    ).families[0]?.tasks[0];
  const task = rawTask([1, 0], 'x');
  const entry: TaskEntry = {
    metrics: ['acc'],
    chance: 0.25,
    options: 4,
    source: '1 of 4 options',
    confidence: 'derived',
  };

  test('follows the protocol of the results', () => {
    expect(level(entry, { ...task, protocol: 'pass@4' })).toMatchObject({
      chance: 0.68359375,
      source: '1 of 4 options; under pass@4',
    });
    expect(level(entry, { ...task, protocol: 'circular' })?.chance).toBe(0.25 ** 4);
  });

  test('follows the protocol in the name, or in the name of the metric', () => {
    expect(level(entry, rawTask([1], 'X (pass@4)'))).toMatchObject({ id: 'X (pass@4)', chance: 0.68359375 });
    const metric = { ...task, metrics: task.metrics.map((each) => ({ ...each, metric: 'pass@4' })) };
    expect(level({ ...entry, metrics: ['acc', { metric: 'pass@4', protocol: 'pass@4' }] }, metric)?.chance).toBe(
      0.68359375,
    );
  });

  test.each([
    ['protocols differ', [{ ...task, protocol: 'pass@4' }, task], 'protocol'],
    ['the protocol is not known', [{ ...task, protocol: 'worst of 10' }], 'worst of 10'],
    [
      'nobody states the unit',
      [{ ...task, metrics: task.metrics.map((each) => ({ ...each, unit: 'unknown' as const })) }],
      'percentage',
    ],
  ])('is null with the reason where %s', (_, tasks, part) => {
    expect(level(entry, ...tasks)).toMatchObject({ chance: null, source: expect.stringContaining(part) });
    expect(level(entry, ...tasks)).not.toHaveProperty('confidence');
  });

  test.each<[TaskEntry['direction'], string]>([
    ['neutral', 'neither way'],
    ['down', 'lower is better'],
    [{ target: 0.5 }, 'nearer to 0.5'],
  ])('is null for a metric of direction %j, which is never pooled', (direction, part) => {
    expect(level({ metrics: ['acc'], chance: null, direction: direction ?? 'up', max: null }, task)).toMatchObject({
      chance: null,
      unbounded: true,
      direction: expect.stringContaining(part),
    });
  });
});

test('results with none of the metrics keep the task, so that its score fails with the reason', () => {
  const { families } = assignTasks(rulesOf({ x: { metrics: ['bleu'], chance: 0 } }), [[run(rawTask([1], 'x'))]]);
  expect(families[0]?.tasks).toMatchObject([{ id: 'x', metric: 'bleu' }]);
});

test('hostile names are names and nothing more', () => {
  const names = ['__proto__', 'constructor', 'a\u0000b', '\u001b[31mred', '*', '<img src=x onerror=alert(1)>', ''];
  const { unknown, families } = assignTasks(rulesOf(mmlu), [[run(...names.map((name) => rawTask([1], name)))]]);
  expect(unknown).toEqual(names);
  expect(families).toEqual([]);
  const known = assignTasks(
    rulesOf({ __proto__x: { metric: 'acc', chance: 0 }, constructor: { metric: 'acc', chance: 0 } }),
    [[run(rawTask([1], 'constructor'))]],
  );
  expect(known.families[0]?.tasks.map(({ id }) => id)).toEqual(['constructor']);
});

test('a score of all rotations has its own chance level, and its gain is counted from there', () => {
  const rules = rulesOf({ vqa: { metrics: ['acc'], chance: 0.25, options: 4 } });
  const circular = (outcomes: readonly number[]): RawTask => ({
    ...rawTask(outcomes, 'vqa'),
    protocol: 'circular, judged by a reader of letters',
  });
  const [before, after] = [circular([1, 0, 0, 1]), circular([1, 1, 0, 1])];
  const { families } = assignTasks(rules, [[run(before)], [run(after)]]);
  const [task] = families[0]?.tasks ?? [];
  expect(task).toMatchObject({ chance: 0.25 ** 4, protocol: 'circular' });
  if (task?.chance == null) throw new Error('no chance level');
  const gain = taskGain(before, after, { ...task, chance: task.chance });
  expect(gain).toMatchObject({ gain: { value: expect.closeTo(25 / (1 - 0.25 ** 4), 9) } });
});
