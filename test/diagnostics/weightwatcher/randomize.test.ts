import { describe, expect, test } from 'vitest';
import { jensenShannon, randomColumns, replicas } from '../../../src/diagnostics/weightwatcher/randomize.ts';
import { alternatives } from '../../reference/alternatives.ts';

describe.each(alternatives)('%s', (_, { eigenvalues, jensen_shannon: { other, distance } }) => {
  test('has the Jensen–Shannon distance of WeightWatcher to another spectrum', () => {
    expect(jensenShannon(Float64Array.from(eigenvalues), Float64Array.from(other))).toBeCloseTo(distance, 10);
  });
});

test('equal spectra are at distance 0', () => {
  expect(jensenShannon(Float64Array.of(1, 2, 5), Float64Array.of(1, 2, 5))).toBeLessThan(1e-7);
});

test('compares the largest eigenvalues with the second shuffle and keeps that of the first', () => {
  const spectrum = (largest: number): Float64Array => Float64Array.of(0.5, 1, 1.5, largest);
  expect(randomColumns(spectrum(8), spectrum(5), spectrum(4), { N: 9, M: 4 })).toMatchObject({
    max_rand_eval: 5,
    ww_softrank: 0.5,
    ww_maxdist: 4,
  });
});

test('draws few eigenvalues five times', () => {
  expect([replicas(99), replicas(100)]).toEqual([5, 1]);
});
