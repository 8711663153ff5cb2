import { describe, expect, test } from 'vitest';
import type { RawTask } from '../../src/harness/raw-run.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { usableItems } from '../../src/scores/usable-items.ts';
import { rawTask } from './raw-task.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const outcomes = [1, 0, 1, 1, 0, 1, 1, 0, 1, 1];
const whole = rawTask(outcomes);
const broken: Readonly<Record<string, RawTask>> = {
  'Item 3 is in the samples twice.': {
    ...whole,
    samples: whole.samples.map((sample, index) => (index === 4 ? { ...sample, docId: 3 } : sample)),
  },
  'The samples hold 9 items; the score was made from 10.': { ...whole, samples: whole.samples.slice(1) },
  'The score is 0.9 and its items average 0.7.': {
    ...whole,
    metrics: whole.metrics.map((metric) => ({ ...metric, value: 0.9 })),
  },
  'acc,none is 0.9 in the results, but the samples average 0.7.': {
    ...whole,
    warnings: [{ code: 'samples-disagree', message: 'acc,none is 0.9 in the results, but the samples average 0.7.' }],
  },
};

describe.each(Object.entries(broken))('%s', (reason, task) => {
  test('the items are not used, and why', () => {
    expect(usableItems(task, scale)).toEqual({ unused: reason });
  });

  test('the score has no interval from them, and says so', () => {
    expect(taskScore(task, scale).score).toMatchObject({ status: 'ok', note: expect.stringContaining(reason) });
    expect(taskScore(task, scale).score).not.toHaveProperty('interval');
  });

  test('the gain rests on totals, is marked, and says which side was odd', () => {
    expect(taskGain(whole, task, scale)).toMatchObject({
      se: 'unpaired-binomial',
      flags: expect.arrayContaining(['unpaired', 'items-unused']),
      note: `Items not used. subject: ${reason}`,
    });
  });
});

test('a disagreement of another metric does not touch this one', () => {
  const other = { ...whole, warnings: [{ code: 'samples-disagree', message: 'f1,none is 3, but …' }] };
  expect(usableItems(other, scale)).toMatchObject({ items: { length: 10 } });
});

test('a score that was rounded to one decimal of a percentage is that of its items', () => {
  const third = rawTask([1, 0, 0]);
  const rounded = { ...third, metrics: third.metrics.map((metric) => ({ ...metric, value: 0.333 })) };
  expect(usableItems(rounded, scale)).toMatchObject({ items: { length: 3 } });
});
