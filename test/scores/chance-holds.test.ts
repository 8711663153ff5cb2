import { expect, test } from 'vitest';
import { chanceHolds } from '../../src/scores/chance-holds.ts';
import { incomparable } from '../../src/scores/comparable.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { rawTask } from './raw-task.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const by = (protocol: string | null) => ({ ...rawTask([1, 0, 1, 1]), protocol });

test.each(['mean of 4 epochs', 'avg@8', 'maj@16', 'majority of 5', 'pass@1', null])(
  '%s has the chance of one answer',
  (protocol) => {
    expect(chanceHolds(by(protocol), scale)).toBeUndefined();
  },
);

test.each(['pass@4', 'circular', 'best of 3', 'pass@10'])('%s has not: no κ, and no gain', (protocol) => {
  expect(taskScore(by(protocol), scale)).toMatchObject({
    score: { status: 'ok', value: 0.75 },
    kappa: { status: 'skipped', code: 'chance-of-other-protocol' },
  });
  expect(taskGain(by(protocol), by(protocol), scale)).toEqual({
    refused: `The chance level 0.25 is that of one answer; the score is ${protocol}.`,
  });
});

test('guessing at 0 stays 0 whatever the protocol, and a chance stated for the protocol is used', () => {
  expect(chanceHolds(by('pass@4'), { ...scale, chance: 0 })).toBeUndefined();
  expect(chanceHolds(by('pass@4'), { ...scale, protocol: 'pass@4' })).toBeUndefined();
  expect(chanceHolds(by(null), { ...scale, protocol: 'pass@4' })).toContain(
    'that of pass@4; the score is of one answer',
  );
});

test('runs that made one score of several answers in different ways are not compared', () => {
  const run = {
    schemaVersion: '1.0' as const,
    harness: 'h',
    harnessVersion: null,
    suite: 's',
    fingerprint: null,
    settings: {},
    date: null,
    files: [],
    tasks: [],
  };
  expect(incomparable({ run, task: by('pass@1') }, { run, task: by('pass@4') })).toBe(
    'way of scoring differs: pass@1 for the base, pass@4 for the subject',
  );
  const { protocol: _, ...unsaid } = by(null);
  expect(incomparable({ run, task: by(null) }, { run, task: unsaid })).toBeUndefined();
});
