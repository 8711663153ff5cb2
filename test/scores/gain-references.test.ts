import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import type { RawTask } from '../../src/harness/raw-run.ts';
import { taskGain } from '../../src/scores/gain.ts';
import type { CorrectedScale } from '../../src/scores/scale.ts';
import { TaskGain } from '../../src/scores/task-gain.ts';
import { rawTask } from './raw-task.ts';

const bits = (text: string): number[] => [...text.replaceAll(' ', '')].map(Number);
const before = bits('0001111110 0110001001 0101001001 0101110110');
const after = bits('0011111110 1110001101 0111101001 0101110111');
const scale: CorrectedScale = { metric: 'acc', filter: 'none', chance: 0.25, max: 1 };

/** Ten passages of four items each. */
const inPassages = (task: RawTask): RawTask => ({
  ...task,
  samples: task.samples.map((sample) => ({ ...sample, cluster: `passage ${Math.floor(Number(sample.docId) / 4)}` })),
});
const gainOf = (base: RawTask, subject: RawTask, on = scale): TaskGain => {
  const gain = taskGain(base, subject, on);
  if ('refused' in gain) throw new Error(gain.refused);
  return gain;
};

describe('forty items, 20 right before and 26 after', () => {
  test('have the κ-gain and paired error of numpy', () => {
    const gain = gainOf(rawTask(before), rawTask(after));
    expect(gain.gain).toMatchObject({
      value: expect.closeTo(20, 10),
      se: expect.closeTo(7.623624998624874, 10), // 100·std(ddof=1)/sqrt(40)/0.75
      interval: { level: 0.95, method: 'paired score (Tango)' },
    });
    expect(problemsOf(TaskGain, gain)).toEqual([]);
  });

  test('have a delta-method error of log-odds within 5 % of a bootstrap of the items', () => {
    const { logit } = gainOf(rawTask(before), rawTask(after));
    expect(numberOf(logit)).toBeCloseTo(0.6190392084062236, 12);
    if (logit.status !== 'ok') throw new Error('no log-odds');
    expect(logit.se).toBeCloseTo(0.23975191460737838, 12);
    expect((logit.se ?? 0) / 0.2472608998359178).toBeGreaterThan(0.95); // numpy, 20,000 resamples of item pairs
  });

  test('in passages have the clustered errors of numpy on both scales', () => {
    const gain = gainOf(inPassages(rawTask(before)), inPassages(rawTask(after)));
    expect(gain.clusters).toBe(10);
    expect(gain.gain).toMatchObject({ se: expect.closeTo(5.443310539518174, 10) });
    expect(gain.logit).toMatchObject({ se: expect.closeTo(0.16805164597195468, 12) });
  });

  test('without items have the sum of two binomial errors, on log-odds √(Σ 1/(n·p·(1−p)))', () => {
    const bare = (outcomes: readonly number[]): RawTask => ({ ...rawTask(outcomes), samples: [] });
    const gain = gainOf(bare(before), bare(after));
    expect(gain.logit).toMatchObject({ se: expect.closeTo(Math.sqrt(1 / (40 * 0.25) + 1 / (40 * 0.65 * 0.35)), 12) });
    expect(gain.flags).toEqual(['unpaired', 'few-items']);
  });
});

describe('gains turn with their inputs', () => {
  test('swapping base and subject changes the sign on both scales and keeps the errors', () => {
    const [there, back] = [gainOf(rawTask(before), rawTask(after)), gainOf(rawTask(after), rawTask(before))];
    for (const key of ['gain', 'logit'] as const) {
      expect(numberOf(back[key])).toBeCloseTo(-(numberOf(there[key]) ?? 0), 12);
      expect(back[key]).toMatchObject({ se: expect.closeTo((there[key] as { se: number }).se, 12) });
    }
  });

  test('a checkpoint against itself has gained 0, without certainty', () => {
    const same = gainOf(rawTask(before), rawTask(before));
    expect(numberOf(same.gain)).toBe(0);
    expect(same.gain).toMatchObject({ se: expect.closeTo((100 * 3) / 1.96 / 40 / 0.75, 10) });
  });

  test('scores of 0 and of 1 have finite log-odds', () => {
    const all = gainOf(rawTask(new Array(20).fill(0)), rawTask(new Array(20).fill(1)));
    expect(numberOf(all.logit)).toBeCloseTo(2 * Math.log(39), 10); // half an item from either end
    expect(all.logit).toMatchObject({ se: expect.any(Number) });
  });
});

test.each([
  ['unknown number of items', { n: null }, 'number of items is not known'],
  ['no finite score', { metrics: [] }, 'no finite acc on both sides'],
])('a gain with %s is refused with the reason', (_, change, part) => {
  const bare = { ...rawTask(before), samples: [], ...change };
  expect(taskGain(bare, bare, scale)).toEqual({ refused: expect.stringContaining(part) });
});

test('items of one single passage give no standard error and no gain', () => {
  const one = (task: RawTask): RawTask => ({
    ...task,
    samples: task.samples.map((sample) => ({ ...sample, cluster: 'the passage' })),
  });
  expect(taskGain(one(rawTask(before)), one(rawTask(after)), scale)).toEqual({
    refused: expect.stringContaining('one cluster'),
  });
});

test('a base near its ceiling and a subject at the floor are flagged', () => {
  const share = (right: number): RawTask => rawTask(Array.from({ length: 200 }, (_, item) => (item < right ? 1 : 0)));
  expect(gainOf(share(190), share(180)).flags).toEqual(['ceiling']);
  expect(gainOf(share(120), share(50)).flags).toEqual(['floor']);
});

test('passages in which one item is won and one lost do not give certainty', () => {
  const [first, second] = [0, 1].map((right) => Array.from({ length: 80 }, (_, item) => Number(item % 2 === right)));
  const pairs = (task: RawTask): RawTask => ({
    ...task,
    samples: task.samples.map((sample) => ({ ...sample, cluster: `passage ${Math.floor(Number(sample.docId) / 2)}` })),
  });
  const { gain, logit } = gainOf(pairs(rawTask(first ?? [])), pairs(rawTask(second ?? [])));
  expect(gain).toMatchObject({ value: 0, se: expect.closeTo((100 * 3) / 1.96 / 40 / 0.75, 10) });
  expect(logit).toMatchObject({ value: 0, se: expect.closeTo((4 * 3) / 1.96 / 40, 10) });
});
