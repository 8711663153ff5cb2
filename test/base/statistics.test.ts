import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../src/base/benjamini-hochberg.ts';
import { randomStream, shuffle } from '../../src/base/random.ts';
import { wilson } from '../../src/base/wilson.ts';

test.each([
  // scipy.stats.binomtest(k, n).proportion_ci(method='wilson')
  [0, 10, 0, 0.27753279986288926],
  [5, 10, 0.236593090512564, 0.7634069094874361],
  [137, 150, 0.8573717762637808, 0.9486528217252758],
])('the Wilson interval of %i of %i is scipy’s', (k, n, low, high) => {
  expect(wilson(k, n).low).toBeCloseTo(low, 12);
  expect(wilson(k, n).high).toBeCloseTo(high, 12);
});

test('BH-adjusted p values are scipy’s, in the order given', () => {
  // scipy.stats.false_discovery_control([0.01, 0.04, 0.03, 0.2])
  expect(benjaminiHochberg([0.01, 0.04, 0.03, 0.2])).toEqual([
    expect.closeTo(0.04, 12),
    expect.closeTo(0.16 / 3, 12),
    expect.closeTo(0.16 / 3, 12),
    expect.closeTo(0.2, 12),
  ]);
});

describe('random streams', () => {
  test('equal seeds give equal streams, other seeds others', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, randomStream(seed).uniform);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('normals have mean 0, variance 1 and 5 % beyond 1.96', () => {
    const random = randomStream(3);
    const values = Array.from({ length: 40_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.02);
    expect(values.reduce((sum, value) => sum + value * value, 0) / values.length).toBeCloseTo(1, 1);
    expect(values.filter((value) => Math.abs(value) > 1.96).length / values.length).toBeCloseTo(0.05, 2);
  });

  test('a shuffle keeps every value and puts each in each place about equally often', () => {
    const random = randomStream(1);
    const firsts = [0, 0, 0];
    for (let round = 0; round < 3000; round++) {
      const shuffled = shuffle([0, 1, 2], random);
      expect([...shuffled].sort()).toEqual([0, 1, 2]);
      firsts[shuffled[0] as number] = (firsts[shuffled[0] as number] as number) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
