import { expect, test } from 'vitest';
import { ok } from '../../src/base/measured.ts';
import { alphaSpikes } from '../../src/diagnostics/alpha-spikes.ts';
import { layers } from './inputs.ts';

const along = (alphas: readonly number[], role?: string) =>
  layers(
    alphas.map((value) => ({ alpha: ok(value) })),
    role,
  );
/** Steps of ±1 with median 1: the median deviation from it is 2, so the limit is 3 · 1.4826 · 2 = 8.8956. */
const jagged = (spike: number): number[] =>
  Array.from({ length: 30 }, (_, depth) => (depth === 23 ? spike : 4 + (depth % 2)));

test('one layer more than three robust deviations from its neighbours is a spike, with its layer', () => {
  // The window around layer 23 holds 5, 4, spike, 4, 5: the median is 5.
  expect(alphaSpikes.measure(along(jagged(5 + 8.9), 'v'))).toMatchObject({ value: 1, n: 30, note: 'v 23' });
  expect(alphaSpikes.measure(along(jagged(5 + 8.89), 'v'))).toEqual({ status: 'ok', value: 0, n: 30 });
});

test('kinds are judged apart', () => {
  const measured = alphaSpikes.measure([...along(jagged(20), 'v'), ...along(jagged(-10), 'q')]);
  expect(measured).toMatchObject({ value: 2, n: 60, note: 'v 23; q 23' });
});

test('needs four consecutive layers', () => {
  expect(alphaSpikes.measure(along([1, 9, 1]))).toMatchObject({ status: 'skipped', code: 'too-few-layers' });
});
