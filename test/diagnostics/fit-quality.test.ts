import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { fitQuality } from '../../src/diagnostics/fit-quality.ts';

const tailFit = (D: number, tail: number, n: number) => ({ alpha: ok(3), D: ok(D), num_pl_spikes: ok(tail, { n }) });

test('a close fit of a long tail is good', () => {
  expect(fitQuality(tailFit(0.1, 10, 100))).toBe('good');
});

test('a distant fit, a short tail and a tail that is the whole spectrum are poor', () => {
  expect(fitQuality(tailFit(0.101, 50, 100))).toBe('poor');
  expect(fitQuality(tailFit(0.05, 9, 100))).toBe('poor');
  expect(fitQuality(tailFit(0.05, 100, 100))).toBe('poor');
});

test('no fit has no quality', () => {
  expect(fitQuality({ ...tailFit(0.05, 50, 100), alpha: failed('fit-failed', '') })).toBeUndefined();
  expect(fitQuality({})).toBeUndefined();
});
