import { describe, expect, test } from 'vitest';
import { numberOf } from '../../src/base/measured.ts';
import type { RawTask, Unit } from '../../src/harness/raw-run.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { onScale } from '../../src/scores/on-scale.ts';
import { taskScore } from '../../src/scores/task-score.ts';
import { rawTask } from './raw-task.ts';

const on = <Chance extends number | null = number>(max: number, chance = 0 as Chance) => ({
  metric: 'acc',
  filter: 'none',
  chance,
  max,
});

/** A total without items, in a unit. */
function total(value: number, unit: Unit | undefined, stderr: number | null = null): RawTask {
  const metric = { metric: 'acc', filter: 'none', value, stderr, higherIsBetter: true };
  return { ...rawTask([1]), n: 500, samples: [], metrics: [unit === undefined ? metric : { ...metric, unit }] };
}
const read = (task: RawTask, max: number, chance: number | null = 0): unknown => {
  const scaled = onScale(task, on(max, chance));
  return 'off' in scaled ? scaled.off.code : scaled.task.metrics[0]?.value;
};

test.each([
  [67.4, 'percent', 1, 0.674],
  [67.4, 'percent', 100, 67.4],
  [0.674, 'proportion', 100, 67.4],
  [0.674, 'proportion', 1, 0.674],
  [67.4, 'percent', 0.95, 0.674], // a noise ceiling does not change the unit
  [67.4, 'percent', 1000, 674],
  [0.674, 'proportion', 10, 6.74],
  [674, 'points', 1000, 674],
  [674, undefined, 1000, 674],
  [67.4, 'unknown', 100, 67.4], // the families file declares a maximum other than 1
  [674, 'unknown', 1000, 674],
  [0, 'unknown', 1, 0], // nothing is nothing in every unit
] as const)('%d as %s on a scale to %d is %d', (value, unit, max, expected) => {
  expect(read(total(value, unit), max)).toBeCloseTo(expected, 12);
});

test.each([
  ['unit-unknown', 67.4, 'unknown', 1],
  ['unit-unknown', 0.674, 'unknown', 1], // may be 0.674 %
  ['unit-unknown', 0.674, 'unknown', 100],
  ['above-maximum', 67.4, 'points', 1],
  ['above-maximum', 67.4, undefined, 1],
  ['above-maximum', 6740, 'percent', 100],
] as const)('%s: %d as %s on a scale to %d', (code, value, unit, max) => {
  expect(read(total(value, unit), max)).toBe(code);
});

test('the reason names the number that was read', () => {
  expect(taskScore(total(67.4, 'unknown'), on(1)).score).toEqual({
    status: 'failed',
    code: 'unit-unknown',
    reason: 'The source does not say whether 67.4 is a percentage or a proportion; state its unit.',
  });
});

test('where nothing is pooled a number of any size is shown as it is', () => {
  expect(read(total(12.3, undefined), 1, null)).toBe(12.3);
  expect(read(total(12.3, 'unknown'), 1, null)).toBe(12.3);
});

describe('with items', () => {
  const percent = (outcomes: readonly number[]): RawTask => {
    const task = rawTask(outcomes.map((outcome) => 100 * outcome));
    return { ...task, metrics: task.metrics.map((metric) => ({ ...metric, stderr: 8, unit: 'percent' as const })) };
  };
  const outcomes = [1, 0, 1, 1, 0, 1, 1, 0];

  test('value, standard error and items move together, and the score is that of proportions', () => {
    const scaled = onScale(percent(outcomes), on(1));
    if ('off' in scaled) throw new Error(scaled.off.reason);
    expect(scaled.task.metrics[0]).toMatchObject({ value: 0.625, stderr: 0.08 });
    expect(scaled.task.samples.map((sample) => sample.metrics.acc)).toEqual(outcomes);
    expect(taskScore(percent(outcomes), on(1))).toEqual(taskScore(rawTask(outcomes), on(1)));
  });

  test('0/1 items show that a number of unknown unit is a proportion', () => {
    const task = rawTask(outcomes);
    const unknown = { ...task, metrics: task.metrics.map((metric) => ({ ...metric, unit: 'unknown' as const })) };
    expect(read(unknown, 1)).toBe(0.625);
  });

  test('a score in percent beside items in 0 to 1 is caught, and which is which', () => {
    const task = rawTask(outcomes);
    const mixed = { ...task, metrics: task.metrics.map((metric) => ({ ...metric, value: 62.5 })) };
    expect(taskScore(mixed, on(100)).score).toMatchObject({
      code: 'scales-differ',
      reason: 'The score is 62.5 and its items average 0.625: one is a percentage, the other a proportion.',
    });
    expect(taskGain(mixed, mixed, on(100))).toEqual({ refused: expect.stringMatching(/^base: The score is 62\.5/) });
  });

  test('a base in percent and a subject as a proportion have the gain of two proportions', () => {
    const gain = taskGain(percent(outcomes), rawTask([1, 1, 1, 1, 0, 1, 1, 0]), on(1));
    if ('refused' in gain) throw new Error(gain.refused);
    expect(numberOf(gain.gain)).toBeCloseTo(12.5, 10);
    const swapped = taskGain(percent(outcomes), percent([1, 1, 1, 1, 0, 1, 1, 0]), on(100));
    expect('refused' in swapped ? swapped : swapped.gain).toEqual(gain.gain);
  });
});
