import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { eBenjaminiHochberg } from '../../../src/base/e-benjamini-hochberg.ts';
import { Capital } from '../../../src/scores/sequential/capital.ts';
import { ConfidenceSequence } from '../../../src/scores/sequential/confidence-sequence.ts';
import { discordantPairs } from '../../../src/scores/sequential/discordant-pairs.ts';

interface Reference {
  readonly single: { name: string; x: number[]; m: number; total: number | null; above: number[]; below: number[] }[];
  readonly rounds: { rounds: number[][]; m: number; total: number | null; above: number; below: number }[];
  readonly bounds: { rounds: number[][]; total: number | null; level: number; bounds: [number, number] }[];
  readonly discordant: { won: number; discordant: number; e: number }[];
  readonly ebh: { e: number[]; adjusted: number[] }[];
}
// Made by make_betting_reference.py: single streams by confseq 0.0.11, the rest by loops over the formulas.
const reference = JSON.parse(readFileSync(new URL('betting-reference.json', import.meta.url), 'utf8')) as Reference;
/** Bets end once a candidate is out at every level in use, at 1e9. */
const relative = (received: number, expected: number): number =>
  expected >= 1e9 && received >= 1e9 ? 0 : Math.abs(received / expected - 1);

test.each(reference.single.map((entry) => [entry.name, entry.total, entry.m, entry] as const))(
  'capital on stream "%s" of %s against mean %s is that of confseq at every tenth step',
  (_name, total, m, { x, above, below }) => {
    const capital = new Capital(Float64Array.of(m), total ?? Number.POSITIVE_INFINITY);
    x.forEach((value, index) => {
      capital.add([value]);
      if ((index + 1) % 10 !== 0) return;
      const step = (index + 1) / 10 - 1;
      expect(relative(capital.above[0] ?? 0, above[step] ?? 0)).toBeLessThan(1e-9);
      expect(relative(capital.below[0] ?? 0, below[step] ?? 0)).toBeLessThan(1e-9);
    });
  },
);

test.each(reference.rounds)('capital over rounds of four strata against $m of $total', (entry) => {
  const capital = new Capital(Float64Array.of(entry.m), entry.total ?? Number.POSITIVE_INFINITY);
  for (const round of entry.rounds) capital.add(round);
  expect(relative(capital.above[0] ?? 0, entry.above)).toBeLessThan(1e-9);
  expect(relative(capital.below[0] ?? 0, entry.below)).toBeLessThan(1e-9);
});

test.each(reference.bounds)('bounds at $level after $rounds.length rounds of $total', (entry) => {
  const sequence = new ConfidenceSequence({ from: 0, to: 1 }, entry.total ?? Number.POSITIVE_INFINITY);
  for (const round of entry.rounds) sequence.add(round);
  const { low, high } = sequence.bounds(entry.level);
  expect(low).toBeCloseTo(entry.bounds[0], 9);
  expect(high).toBeCloseTo(entry.bounds[1], 9);
});

test.each(reference.discordant)('$won of $discordant changed answers gained', ({ won, discordant, e }) => {
  expect(relative(discordantPairs(won, discordant), e)).toBeLessThan(1e-9);
});

test.each(reference.ebh)('e-BH of $e', ({ e, adjusted }) => {
  eBenjaminiHochberg(e).forEach((value, index) => {
    expect(value).toBeCloseTo(adjusted[index] ?? 0, 12);
  });
});

test('after the last item of a finite population the bounds are its mean, and no further item is taken', () => {
  const sequence = new ConfidenceSequence({ from: -1, to: 1 }, 3);
  for (const value of [1, 0, -0.5]) sequence.add([value]);
  expect(sequence.complete).toBe(true);
  expect(sequence.bounds(0.95).low).toBeCloseTo(1 / 6, 12);
  expect(sequence.bounds(0.95).high).toBeCloseTo(1 / 6, 12);
  expect(() => sequence.add([0])).toThrow(RangeError);
});

test('bounds narrow as items come in, and never widen again', () => {
  const sequence = new ConfidenceSequence({ from: -1, to: 1 }, 400);
  let before = { low: -1, high: 1 };
  for (let item = 0; item < 400; item++) {
    sequence.add([[1, 0, 0, -1, 0, 1, 0, 0][item % 8] ?? 0]);
    const now = sequence.bounds(0.95);
    expect(now.low).toBeGreaterThanOrEqual(before.low - 1e-12);
    expect(now.high).toBeLessThanOrEqual(before.high + 1e-12);
    before = now;
  }
});
