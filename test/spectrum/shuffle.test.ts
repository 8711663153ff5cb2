import { expect, test } from 'vitest';
import { shuffled } from '../../src/spectrum/shuffle.ts';

const numbers = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => i);

test('keeps every entry, and depends on the seed alone', () => {
  const once = shuffled(numbers(1000), 7);
  expect([...once].sort((a, b) => a - b)).toEqual([...numbers(1000)]);
  expect(shuffled(numbers(1000), 7)).toEqual(once);
  expect(shuffled(numbers(1000), 8)).not.toEqual(once);
});

test('gives the order that the stream written out in another language gives', () => {
  // The class Stream of test/reference/make_weightwatcher_reference.py.
  expect([...shuffled(numbers(12), 0)]).toEqual([1, 0, 8, 7, 4, 11, 9, 10, 3, 2, 6, 5]);
  expect([...shuffled(numbers(12), 2026)]).toEqual([7, 6, 1, 5, 10, 2, 9, 8, 3, 0, 11, 4]);
});

test('every order of three entries is about as frequent', () => {
  const counts = new Map<string, number>();
  for (let seed = 0; seed < 6000; seed++) {
    const key = shuffled(numbers(3), seed).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  // χ² with 5 degrees of freedom is below 20.5 in 999 of 1000 cases.
  const chi = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
  expect(counts.size).toBe(6);
  expect(chi).toBeLessThan(20.5);
});
