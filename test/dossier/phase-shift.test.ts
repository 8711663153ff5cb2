import { expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { randomStream } from '../../src/base/random.ts';
import { phaseShift } from '../../src/dossier/phase-shift.ts';
import { step } from '../diagnostics/trajectory.ts';

const find = (rows: readonly (readonly [from: number, to: number, change: number])[]) =>
  phaseShift(
    rows.map(([from, to, change]) => step(from, to, [change, change, change])),
    defaultConstants,
  );
const even = (changes: readonly number[]) =>
  find(changes.map((change, index) => [index * 100, (index + 1) * 100, change]));

test('an interval of five times the usual change stands out, with its ratio', () => {
  expect(even([0.1, 0.11, 0.5, 0.09, 0.1]).phaseShift).toEqual({ from: 200, to: 300, ratio: expect.closeTo(5, 9) });
});

test('a steady run has none', () => {
  expect(even([0.1, 0.11, 0.12, 0.1, 0.09]).phaseShift).toBeNull();
});

test('a decaying learning rate has none, nor has the first interval', () => {
  expect(even([0.8, 0.4, 0.2, 0.1, 0.05, 0.025]).phaseShift).toBeNull();
  expect(even([0.9, 0.1, 0.1, 0.1, 0.1]).phaseShift).toBeNull();
});

test('fewer than four intervals say nothing, and why', () => {
  expect(even([0.1, 0.9, 0.1])).toEqual({ phaseShift: null, phaseShiftReason: expect.stringContaining('3 of the 4') });
});

test('a long interval is no shift, whether weights drift or diffuse', () => {
  const drift = (length: number): number => 0.001 * length;
  const noise = (length: number): number => 0.01 * Math.sqrt(length);
  for (const law of [drift, noise]) {
    const lengths = [100, 100, 1600, 100, 25];
    let at = 0;
    const rows = lengths.map((length): [number, number, number] => {
      at += length;
      return [at - length, at, law(length)];
    });
    expect(find(rows).phaseShift).toBeNull();
  }
});

test('intervals whose weights did not move are left out of the count', () => {
  expect(even([0.1, 0, 0, 0.1, 0.1]).phaseShiftReason).toContain('3 of the 4');
});

test('on planted runs whose rates scatter by 20 %, shifts are rare where there are none and found where the rate is fourfold', () => {
  const random = randomStream(11);
  let [found, invented] = [0, 0];
  for (let run = 0; run < 500; run++) {
    const rates = Array.from({ length: 6 }, () => 0.1 * Math.exp(0.2 * random.normal()));
    if (even(rates).phaseShift) invented++;
    if (even(rates.map((rate, index) => (index === 2 ? 4 * rate : rate))).phaseShift?.from === 200) found++;
  }
  expect(invented / 500).toBeLessThan(0.02);
  expect(found / 500).toBeGreaterThan(0.8);
});
