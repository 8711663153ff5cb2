import { expect, test } from 'vitest';
import { wilson } from '../../src/base/wilson.ts';

test.each([
  // scipy.stats.binomtest(k, n).proportion_ci(method='wilson', confidence_level=level)
  [0, 1, 0.95, 0, 0.7934506856227626],
  [1, 1, 0.95, 0.20654931437723745, 1],
  [3, 7, 0.95, 0.1582198552514697, 0.7495416354723428],
  [999, 1000, 0.95, 0.9943574414020421, 0.9998234536293739],
  [40, 60, 0.9, 0.5612925927867292, 0.7576584743488475],
])('%i of %i at level %d has the bounds of scipy', (k, n, level, low, high) => {
  const interval = wilson(k, n, level);
  expect(interval.low).toBeCloseTo(low, 12);
  expect(interval.high).toBeCloseTo(high, 12);
  expect(interval.level).toBe(level);
});

test('swapping success and failure mirrors the interval, and more items narrow it', () => {
  const [few, failures, many] = [wilson(7, 10), wilson(3, 10), wilson(70, 100)];
  expect([1 - failures.high, 1 - failures.low]).toEqual([expect.closeTo(few.low, 12), expect.closeTo(few.high, 12)]);
  expect(many.high - many.low).toBeLessThan(few.high - few.low);
});
