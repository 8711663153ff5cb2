import { expect, test } from 'vitest';
import { benjaminiHochberg } from '../../src/base/benjamini-hochberg.ts';

test.each([
  // scipy.stats.false_discovery_control(p)
  [
    [0.001, 0.8, 0.02, 0.02, 0.3, 0.045],
    [0.006, 0.8, 0.04, 0.04, 0.36, 0.0675],
  ],
  [[0.5], [0.5]],
  [
    [0.9, 0.95, 0.99],
    [0.99, 0.99, 0.99],
  ],
  [[], []],
])('the adjusted values of %j are those of scipy, with ties and in the order given', (p, adjusted) => {
  expect(benjaminiHochberg(p)).toEqual(adjusted.map((value) => expect.closeTo(value, 12)));
});
