import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import type { RawRun, RawTask } from '../../src/harness/raw-run.ts';
import { clusteredMean } from '../../src/scores/clustered-mean.ts';
import { incomparable } from '../../src/scores/comparable.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { rawTask } from './raw-task.ts';

const before = [0, 0, 1, 1, 0, 1, 0, 0, 1, 0];
const after = [1, 0, 1, 1, 1, 1, 0, 1, 1, 0];
const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const gainOf = (base: RawTask, subject: RawTask): Exclude<ReturnType<typeof taskGain>, { refused: string }> => {
  const gain = taskGain(base, subject, scale);
  if ('refused' in gain) throw new Error(gain.refused);
  return gain;
};

describe('standard errors', () => {
  test('singleton clusters give s/√n', () => {
    const items = [0, 1, 1, 0, 1, 1, 0, 1].map((value, index) => ({ value, cluster: String(index) }));
    expect(clusteredMean(items).se).toBeCloseTo(0.18298126367784995, 12); // numpy: std(ddof=1)/sqrt(8)
  });

  test('items of one cluster move together', () => {
    const items = [1, 0, 1, 1, 1, 0, 0, 0].map((value, index) => ({ value, cluster: 'aaabbccc'[index] as string }));
    expect(clusteredMean(items).se).toBeCloseTo(0.28867513459481287, 12); // numpy, CR2 from full matrices
  });

  test('items that all agree do not give certainty', () => {
    const items = Array.from({ length: 30 }, (_, index) => ({ value: 0, cluster: String(index) }));
    expect(clusteredMean(items).se * 1.96).toBeCloseTo(3 / 30, 10);
  });
});

describe('the gain of one task', () => {
  test('is paired and chance-corrected, on κ-points and on log-odds', () => {
    const gain = gainOf(rawTask(before), rawTask(after));
    expect(numberOf(gain.gain)).toBeCloseTo(40, 10);
    expect(gain.gain).toMatchObject({ se: expect.closeTo(20.36700308869262, 9), n: 10 });
    expect(numberOf(gain.logit)).toBeCloseTo(1.2527629684953676, 10);
    expect(gain.logit).toMatchObject({ se: expect.closeTo(0.6804138174397717, 9) });
    expect(gain.se).toBe('paired-clustered');
  });

  test('without items falls back to two binomials, marked as unpaired and with a wider error', () => {
    const bare = (values: readonly number[]): RawTask => ({ ...rawTask(values), samples: [] });
    const gain = gainOf(bare(before), bare(after));
    expect(gain).toMatchObject({ se: 'unpaired-binomial', flags: expect.arrayContaining(['unpaired']) });
    expect(gain.gain).toMatchObject({ se: expect.closeTo((100 * Math.sqrt((0.24 + 0.21) / 10)) / 0.75, 9) });
  });

  test('is refused where the two runs answered different questions', () => {
    const other = rawTask(after);
    const sample = other.samples[3];
    if (sample) sample.promptHash = 'another prompt';
    expect(taskGain(rawTask(before), other, scale)).toEqual({ refused: 'item 3 has another prompt in the two runs' });
    expect(taskGain(rawTask(before), rawTask(after.slice(1)), scale)).toMatchObject({
      refused: expect.stringContaining('10 items and the subject 9'),
    });
  });
});

describe('the score of one task', () => {
  test('carries a Wilson interval and n; κ is the same on another scale', () => {
    const { score, kappa } = taskScore(rawTask(before), scale);
    expect(score).toMatchObject({ value: 0.4, n: 10, k: 4, interval: { method: 'Wilson' } });
    expect(numberOf(kappa)).toBeCloseTo(0.2, 12);
  });

  test('of a model that answers NaN has failed, however good it looks', () => {
    const perfect = {
      ...rawTask(new Array(10).fill(1)),
      warnings: [{ code: 'non-finite-responses', message: '10 of 10 answers are NaN.' }],
    };
    expect(taskScore(perfect, scale).score).toEqual({
      status: 'failed',
      code: 'non-finite-responses',
      reason: '10 of 10 answers are NaN.',
    });
  });

  test('with an unknown chance level is shown and not corrected', () => {
    const { score, kappa } = taskScore(rawTask(before), { ...scale, chance: null });
    expect([score.status, kappa.status]).toEqual(['ok', 'skipped']);
  });
});

test('the first setting that differs between two runs is named with both values', () => {
  const run: RawRun = {
    schemaVersion: '1.0',
    harness: 'lm-eval',
    harnessVersion: '0.4.13',
    suite: 's',
    fingerprint: null,
    settings: { dtype: 'float32' },
    date: null,
    files: [],
    tasks: [],
  };
  const task = rawTask(before);
  expect(incomparable({ run, task }, { run, task })).toBeUndefined();
  expect(incomparable({ run, task }, { run: { ...run, settings: { dtype: 'bfloat16' } }, task })).toBe(
    'dtype differs: float32 for the base, bfloat16 for the subject',
  );
  expect(incomparable({ run, task }, { run, task: { ...task, nShot: 5 } })).toContain(
    'number of shots differs: 0 for the base, 5',
  );
});
