import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import type { RawTask } from '../../src/harness/raw-run.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { pairedInterval } from '../../src/scores/paired-interval.ts';
import { TaskGain } from '../../src/scores/task-gain.ts';
import { rawTask } from './raw-task.ts';

const scale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 } as const;
const gainOf = (base: RawTask, subject: RawTask): TaskGain => {
  const gain = taskGain(base, subject, scale);
  if ('refused' in gain) throw new Error(gain.refused);
  expect(problemsOf(TaskGain, gain)).toEqual([]);
  return gain;
};
/** n items of which the first `gained` turn right and the last `lost` turn wrong; half of the rest is right. */
const changed = (n: number, gained: number, lost: number): [RawTask, RawTask] => {
  const base = Array.from({ length: n }, (_, item) => (item < gained ? 0 : item >= n - lost ? 1 : item % 2));
  return [base, base.map((value, item) => (item < gained || item >= n - lost ? 1 - value : value))].map((values) =>
    rawTask(values),
  ) as [RawTask, RawTask];
};

describe('what pairing tells', () => {
  test('correlation and variance ratio of 40 items are those of numpy', () => {
    const bits = (text: string): number[] => [...text].map(Number);
    const gain = gainOf(
      rawTask(bits('0001111110011000100101010010010101110110')),
      rawTask(bits('0011111110111000110101111010010101110111')),
    );
    // np.corrcoef; var(d)/(var(a) + var(b)); scipy.stats.binomtest(0, 6).pvalue
    expect(gain.pairing).toEqual({
      correlation: expect.closeTo(0.7337993857053429, 12),
      varianceRatio: expect.closeTo(0.26701570680628267, 12),
      gained: 6,
      lost: 0,
      p: expect.closeTo(0.03125, 12),
    });
    expect(gain.df).toBe(39);
  });

  test('a checkpoint that is always right has no correlation, and none is made up', () => {
    expect(gainOf(rawTask([1, 0, 1, 0]), rawTask([1, 1, 1, 1])).pairing).toMatchObject({
      correlation: null,
      varianceRatio: null,
    });
  });
});

describe('few changed items', () => {
  test.each([0, 1, 2])('%d of 200 have no smaller error than the rule of three', (gained) => {
    const { gain } = gainOf(...changed(200, gained, 0));
    expect(gain).toMatchObject({ se: expect.closeTo((100 * 3) / 1.96 / 200 / 0.75, 10) });
  });

  test('have the score interval, on κ-points', () => {
    const { gain } = gainOf(...changed(200, 9, 2));
    const { low, high } = pairedInterval(9, 2, 200);
    expect(gain).toMatchObject({
      interval: {
        low: expect.closeTo(low / 0.0075, 9),
        high: expect.closeTo(high / 0.0075, 9),
        method: 'paired score (Tango)',
      },
    });
  });

  test('none at all leave ±z²/(n + z²) open', () => {
    const { low, high } = pairedInterval(0, 0, 44);
    const bound = 1.959963984540054 ** 2 / (44 + 1.959963984540054 ** 2);
    expect([low, high]).toEqual([expect.closeTo(-bound, 10), expect.closeTo(bound, 10)]);
  });

  test('25 and more have t', () => {
    expect(gainOf(...changed(200, 20, 5)).gain).toMatchObject({ interval: { method: 'paired, clustered t' } });
  });

  test('all turned right is the end of the scale', () => {
    expect(pairedInterval(20, 0, 20).high).toBe(1);
    expect(pairedInterval(0, 20, 20).low).toBeCloseTo(-1, 12);
  });
});

describe('without items', () => {
  const told = (value: number, stderr: number | null): RawTask => ({
    ...rawTask([1]),
    n: 400,
    samples: [],
    metrics: [{ metric: 'acc', filter: 'none', value, stderr, higherIsBetter: true }],
  });

  test('the harness’s errors are added as squares, marked as reported and unpaired', () => {
    const gain = gainOf(told(0.5, 0.03), told(0.6, 0.04));
    expect(gain).toMatchObject({ se: 'reported', flags: ['unpaired'], gain: { se: expect.closeTo(20 / 3, 12) } });
    expect(numberOf(gain.detectable)).toBeCloseTo(2.8015852181 * (20 / 3), 6);
  });

  test.each([null, 0])('a standard error of %s on one side is not used', (stderr) => {
    expect(gainOf(told(0.5, 0.03), told(1, stderr))).toMatchObject({
      se: 'unpaired-binomial',
      gain: { se: expect.any(Number), interval: { method: 'unpaired score (Newcombe)' } },
    });
  });
});

test('few passages are flagged and have few degrees of freedom', () => {
  const inPassages = (task: RawTask): RawTask => ({
    ...task,
    samples: task.samples.map((sample) => ({ ...sample, cluster: `p${Number(sample.docId) % 8}` })),
  });
  const [base, subject] = changed(160, 30, 8).map(inPassages) as [RawTask, RawTask];
  const gain = gainOf(base, subject);
  expect(gain).toMatchObject({ clusters: 8, df: 7, flags: ['few-clusters'], pairing: { p: null } });
});
