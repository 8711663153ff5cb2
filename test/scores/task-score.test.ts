import { describe, expect, test } from 'vitest';
import type { RawTask } from '../../src/harness/raw-run.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { rawTask } from './raw-task.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const graded = [0.2, 0.9, 0.4, 1, 0.7, 0.1, 0.6, 0.5];

/** The same task with items in pairs that share a passage. */
function inPassages(task: RawTask): RawTask {
  return {
    ...task,
    samples: task.samples.map((sample) => ({ ...sample, cluster: `passage ${Math.floor(Number(sample.docId) / 2)}` })),
  };
}

describe('the interval of a score says what it rests on', () => {
  test('graded items that share passages get the clustered t interval of numpy and scipy', () => {
    // numpy: sqrt(G/(G−1)·Σ(Σ residual)²)/n, times scipy.stats.t.ppf(.975, 3)
    expect(taskScore(inPassages(rawTask(graded)), scale).score).toMatchObject({
      value: 0.55,
      se: expect.closeTo(0.06123724356957946, 12),
      interval: { low: expect.closeTo(0.3551157604562334, 10), high: expect.closeTo(0.7448842395437667, 10) },
    });
  });

  test('0/1 items in passages are not treated as independent', () => {
    const { score } = taskScore(inPassages(rawTask([1, 1, 0, 0, 1, 1, 0, 0])), scale);
    // Wilson's formula in numpy with p(1 − p)/SE² = 3 effective items and scipy.stats.t.ppf(.975, 3)
    expect(score).toMatchObject({
      interval: {
        low: expect.closeTo(0.060830275920097376, 10),
        high: expect.closeTo(0.9391697240799026, 10),
        method: 'clustered Wilson, 3 effective items',
      },
    });
  });

  test('without items the harness’s own standard error is used, and without that there is no interval', () => {
    const bare = { ...rawTask([1, 0, 1, 1]), samples: [] };
    const told = { ...bare, metrics: bare.metrics.map((metric) => ({ ...metric, stderr: 0.1 })) };
    expect(taskScore(told, scale).score).toMatchObject({ se: 0.1, n: 4, interval: { high: expect.closeTo(0.946, 3) } });
    const { score, kappa } = taskScore(bare, scale);
    expect(score).toMatchObject({ value: 0.75, n: 4, note: expect.stringContaining('No interval') });
    expect(score).not.toHaveProperty('interval');
    expect(kappa).not.toHaveProperty('interval');
  });

  test('items of one single passage give a value and no interval', () => {
    const task = rawTask([1, 0, 1]);
    const one = { ...task, samples: task.samples.map((sample) => ({ ...sample, cluster: 'the passage' })) };
    expect(taskScore(one, scale).score).toMatchObject({ status: 'ok', note: expect.stringContaining('one cluster') });
  });
});

test('chance correction stretches value, error and bounds by the same factor', () => {
  const { score, kappa } = taskScore(inPassages(rawTask(graded)), scale);
  if (score.status !== 'ok' || kappa.status !== 'ok') throw new Error('not measured');
  expect(kappa.value).toBeCloseTo(0.4, 12);
  expect(kappa.se).toBeCloseTo((score.se ?? 0) / 0.75, 12);
  expect(kappa.interval?.low).toBeCloseTo(((score.interval?.low ?? 0) - 0.25) / 0.75, 12);
});

test('a score below chance stays negative', () => {
  expect(taskScore(rawTask([0, 0, 0, 1, 0, 0, 0, 0]), scale).kappa).toMatchObject({
    value: expect.closeTo(-1 / 6, 12),
  });
});

test.each([
  ['metric-missing', { ...scale, metric: 'exact_match' }, rawTask([1, 0])],
  ['metric-missing', { ...scale, filter: 'strict-match' }, rawTask([1, 0])],
  [
    'score-not-finite',
    scale,
    { ...rawTask([1, 0]), metrics: rawTask([1, 0]).metrics.map((metric) => ({ ...metric, value: null })) },
  ],
] as const)('a score that is not there has failed with %s and is not 0', (code, asked, task) => {
  const { score, kappa } = taskScore(task, asked);
  expect([score, kappa]).toEqual([
    expect.objectContaining({ status: 'failed', code }),
    expect.objectContaining({ status: 'failed', code }),
  ]);
});
