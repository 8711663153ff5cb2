import { expect, test } from 'vitest';
import { decimal, listed, measuredText, probability, signed } from '../../src/base/format.ts';
import { failed, ok } from '../../src/base/measured.ts';

test('numbers have a real minus sign, and no negative zero', () => {
  expect([decimal(-1.25, 1), decimal(-0.01, 1), signed(2.04, 1), signed(-2, 0), signed(0.01, 1)]).toEqual([
    '−1.3',
    '0.0',
    '+2.0',
    '−2',
    '0.0',
  ]);
});

test('a measured value shows its interval, a missing one its reason', () => {
  const interval = { low: 1, high: 3, level: 0.95, method: 'test' };
  expect(measuredText(ok(2, { interval }), 1, signed)).toBe('+2.0 [+1.0, +3.0]');
  expect(measuredText(failed('x', 'No weights.'))).toBe('— (No weights.)');
});

test('p values are never shown as zero, and lists read as sentences', () => {
  expect([probability(0.00004), probability(0.0004), probability(0.04)]).toEqual(['< 0.0001', '0.0004', '0.040']);
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['none', 'a', 'a, b and c']);
});
