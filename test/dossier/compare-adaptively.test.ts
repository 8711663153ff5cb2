import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { compareScores } from '../../src/dossier/compare-scores.ts';
import type { RawRun } from '../../src/harness/raw-run.ts';
import { familyOrder } from '../../src/scores/sequential/item-order.ts';
import { type FamilyName, familyNames, flat, narrowGain, rawRun, taxonomy } from './parts.ts';

const compare = (base: RawRun, subject: RawRun): ReturnType<typeof compareScores> =>
  compareScores([base], [subject], taxonomy, { ...defaultConstants }, 3);

/** The first `rounds` rounds of a full run, marked as an adaptive evaluation marks them. */
function adaptive(full: RawRun, rounds: number, seed = 4): RawRun {
  const orders = familyNames.map((family) =>
    familyOrder(
      seed,
      family,
      [1, 2, 3, 4].map((index) => ({ task: `${family}_${index}`, size: 200 })),
    ),
  );
  return {
    ...full,
    tasks: full.tasks.map((task) => {
      const groups = orders.flatMap(({ tasks }) => tasks).find((entry) => entry.task === task.task)?.groups ?? [];
      const wanted = new Set(groups.slice(0, rounds).flat());
      return {
        ...task,
        n: wanted.size,
        hash: null,
        samples: task.samples.filter(({ docId }) => wanted.has(Number(docId))),
      };
    }),
    adaptive: {
      seed,
      alpha: 0.05,
      margin: 2,
      decide: ['gate', 'axis'],
      blocks: [100],
      families: orders.map(({ family, tasks }) => ({
        family,
        tasks: tasks.map(({ task, size }) => ({ task, spent: rounds, available: size })),
        rounds,
        roundsAvailable: 200,
        stopped: 'decided',
      })),
    },
  };
}
const [base, narrow] = [rawRun('0'.repeat(64), flat), rawRun('1'.repeat(64), narrowGain)];

test('two adaptive runs are compared over the rounds that both answered, with confidence sequences for intervals', () => {
  const scores = compare(adaptive(base, 80), adaptive(narrow, 60));
  if (scores.status !== 'ok') throw new Error(scores.error.message);
  expect(scores.adaptive).toMatchObject({ items: 6 * 4 * 60, available: 6 * 4 * 200, seed: 4 });
  for (const family of scores.families) {
    const truth = 100 * (narrowGain(family.family as FamilyName) - 0.4);
    if (family.fixed.status !== 'ok') throw new Error(family.fixed.reason);
    expect(family.fixed.se).toBeUndefined();
    expect(family.fixed.interval).toMatchObject({
      level: 0.95,
      method: expect.stringContaining('confidence sequence'),
    });
    expect(family.fixed.interval?.low).toBeLessThan(truth);
    expect(family.fixed.interval?.high).toBeGreaterThan(truth);
    expect(family.random).toMatchObject({ status: 'skipped', code: 'adaptive-run' });
  }
  for (const task of scores.tasks) {
    if (task.gain.status !== 'ok') throw new Error(task.gain.reason);
    expect([task.gain.interval, task.gain.se, task.se]).toEqual([undefined, undefined, 'adaptive']);
  }
  expect(scores.asymmetry).toMatchObject({
    pattern: 'inconclusive',
    wording: 'fixed-task',
    pAsymmetric: { status: 'skipped', code: 'adaptive-run' },
  });
});

test('an adaptive run is refused against a full one, with both counts', () => {
  const scores = compare(base, adaptive(narrow, 60));
  expect(scores).toMatchObject({
    status: 'failed',
    error: {
      code: 'no-common-task',
      message: expect.stringContaining('the subject was evaluated adaptively, on 60 of 200 items, and the base on 200'),
    },
  });
});

test('an adaptive run that answered every item agrees with a full one, and is exact', () => {
  const scores = compare(base, adaptive(narrow, 200));
  if (scores.status !== 'ok') throw new Error(scores.error.message);
  expect(scores.families[0]?.fixed).toMatchObject({
    value: expect.closeTo(35, 9),
    interval: {
      low: expect.closeTo(35, 9),
      high: expect.closeTo(35, 9),
      method: 'all items answered: exact on these items',
    },
  });
});

test('two adaptive runs in different orders are refused', () => {
  expect(compare(adaptive(base, 60, 4), adaptive(narrow, 60, 5))).toMatchObject({
    status: 'failed',
    error: { message: expect.stringContaining('order of items differs: seed 4 for the base, seed 5 for the subject') },
  });
});

test('another document under the same index refuses the family, not the rest', () => {
  const changed = adaptive(narrow, 60);
  const [first, ...others] = changed.tasks;
  if (!first) throw new Error('no task');
  const broken = { ...first, samples: first.samples.map((sample) => ({ ...sample, docHash: 'x' })) };
  const scores = compare(adaptive(base, 60), { ...changed, tasks: [broken, ...others] });
  if (scores.status !== 'ok') throw new Error(scores.error.message);
  expect(scores.families).toHaveLength(5);
  expect(scores.refused).toHaveLength(4);
  expect(scores.refused[0]?.reason).toContain('has another document');
});
