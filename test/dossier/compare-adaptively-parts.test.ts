import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { compareScores } from '../../src/dossier/compare-scores.ts';
import { assignTasks } from '../../src/families/assign-tasks.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { familyOrder, itemAt } from '../../src/scores/sequential/item-order.ts';
import { rawRun } from './parts.ts';

const parts = Array.from({ length: 40 }, (_, index) => ({ part: `bench_${String(index).padStart(2, '0')}`, size: 10 }));
const rules = resolveTaxonomy(
  {
    families: {
      knowledge: { tasks: { bench: { match: ['bench_*'], metric: 'acc', chance: 0.25, max: 1, source: 'test' } } },
    },
  },
  undefined,
);
const order = familyOrder(4, 'knowledge', [{ task: 'bench', size: 400, parts }]);

/** A run that answered the first `rounds` items of the order; `right` says which. */
function run(rounds: number, right: (item: number) => boolean): RawRun {
  const tasks = new Map<string, RawTask>();
  for (const item of order.tasks[0]?.groups.slice(0, rounds).flat() ?? []) {
    const { task, index } = itemAt({ task: 'bench', size: 400, parts }, item);
    const sample = {
      ...{ docId: index, docHash: `d${item}`, promptHash: `p${item}`, targetHash: `t${item}` },
      ...{ cluster: null, filter: 'none', metrics: { acc: right(item) ? 1 : 0 } },
    };
    tasks.set(task, part(task, [...(tasks.get(task)?.samples ?? []), sample]));
  }
  return {
    ...rawRun('0'.repeat(64), () => 0),
    tasks: [...tasks.values()],
    adaptive: {
      ...{ seed: 4, alpha: 0.05, margin: 2, decide: ['gate'], blocks: [100] },
      families: [
        {
          ...{ family: 'knowledge', rounds, roundsAvailable: 400, stopped: 'decided' },
          tasks: [
            {
              task: 'bench',
              spent: rounds,
              available: 400,
              parts: parts.map((entry) => ({ part: entry.part, available: entry.size })),
            },
          ],
        },
      ],
    },
  };
}

function part(task: string, samples: RawTask['samples']): RawTask {
  const value = samples.reduce((sum, { metrics }) => sum + (metrics.acc ?? 0), 0) / samples.length;
  return {
    ...{ task, version: '1', nShot: 0, outputType: 'multiple_choice', hash: null, samples, warnings: [] },
    ...{ n: samples.length, nOriginal: 10 },
    metrics: [{ metric: 'acc', filter: 'none', value, stderr: null, higherIsBetter: true }],
  };
}

test('a base that went further for another subject has parts that this one lacks, and both are compared all the same', () => {
  const base = run(300, (item) => item % 3 === 0);
  const [early, late] = [run(20, () => true), run(300, (item) => item % 3 !== 1)];
  expect(early.tasks.length).toBeLessThan(base.tasks.length);
  const { families, axis, runs } = assignTasks(rules, [[base], [early], [late]]);
  expect(families[0]?.tasks).toHaveLength(1);
  for (const [index, items] of [
    [1, 20],
    [2, 300],
  ] as const) {
    const scores = compareScores(runs[0] ?? [], runs[index] ?? [], { families, axis }, { ...defaultConstants }, 1);
    if (scores.status !== 'ok') throw new Error(scores.error.message);
    expect(scores.refused).toEqual([]);
    expect(scores.adaptive).toMatchObject({ items, available: 400 });
    const answered = order.tasks[0]?.groups.slice(0, items).flat() ?? [];
    const right = index === 1 ? items : answered.filter((item) => item % 3 !== 1).length;
    const before = answered.filter((item) => item % 3 === 0).length;
    expect(scores.tasks[0]).toMatchObject({ task: 'bench', n: items, base: expect.closeTo(before / items, 12) });
    expect(scores.adaptive?.families[0]?.points).toMatchObject({
      value: expect.closeTo((100 * (right - before)) / items, 9),
    });
  }
  const pooled = runs.map((own) => own.flatMap(({ tasks }) => tasks).find(({ task }) => task === 'bench'));
  expect(pooled.map((task) => [task?.n, task?.nOriginal])).toEqual([
    [300, 400],
    [20, 400],
    [300, 400],
  ]);
});

test('a part whose prompt changed, or another version of one, refuses the pooled task by name', () => {
  const [base, subject] = [run(100, () => false), run(100, () => true)];
  const [first, ...rest] = subject.tasks;
  if (!first) throw new Error('no part');
  for (const [changed, reason] of [
    [{ ...first, version: '2' }, `${first.task}: task version differs`],
    [
      { ...first, samples: first.samples.map((sample) => ({ ...sample, promptHash: 'x' })) },
      'has another prompt in the two runs',
    ],
  ] as const) {
    const { families, axis, runs } = assignTasks(rules, [[base], [{ ...subject, tasks: [changed, ...rest] }]]);
    const scores = compareScores(runs[0] ?? [], runs[1] ?? [], { families, axis }, { ...defaultConstants }, 1);
    expect(scores).toMatchObject({ status: 'failed', error: { message: expect.stringContaining(reason) } });
  }
});

test('a full run beside a part of the items is refused', () => {
  const full = run(400, () => false);
  const { adaptive: _adaptive, ...whole } = full;
  const { families, axis, runs } = assignTasks(rules, [[whole], [run(20, () => true)]]);
  const scores = compareScores(runs[0] ?? [], runs[1] ?? [], { families, axis }, { ...defaultConstants }, 1);
  expect(scores).toMatchObject({ status: 'failed', error: { code: 'no-common-task' } });
});
