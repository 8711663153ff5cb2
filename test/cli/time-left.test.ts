import { expect, test } from 'vitest';
import { durationText, timeLeft } from '../../src/cli/time-left.ts';

test('there is no estimate before three seconds, nor before anything was done', () => {
  const left = timeLeft();
  expect(left({ time: 0, done: 0 }, 100)).toBeUndefined();
  expect(left({ time: 2_000, done: 10 }, 100)).toBeUndefined();
  const idle = timeLeft();
  idle({ time: 0, done: 5 }, 100);
  expect(idle({ time: 10_000, done: 5 }, 100)).toBeUndefined();
});

test('half done in ten seconds leaves ten', () => {
  const left = timeLeft();
  left({ time: 1_000, done: 0 }, 100);
  expect(left({ time: 11_000, done: 50 }, 100)).toBe(10_000);
});

test('what came from a cache at the start does not promise the same pace', () => {
  const left = timeLeft();
  left({ time: 0, done: 0 }, 1000);
  left({ time: 100, done: 500 }, 1000);
  let estimate: number | undefined;
  for (let second = 1; second <= 120; second++)
    estimate = left({ time: 100 + 1000 * second, done: 500 + second }, 1000);
  // One a second for the last minute, 380 to go.
  expect(estimate).toBeCloseTo(380_000, -4);
});

test('durations are as exact as an estimate deserves', () => {
  expect([200, 42_400, 600_000, 12_600_000].map(durationText)).toEqual(['1 s', '42 s', '10 min', '3.5 h']);
});
