import { describe, expect, test } from 'vitest';
import { randomStream } from '../../../src/base/random.ts';
import { ergColumns } from '../../../src/diagnostics/weightwatcher/erg.ts';
import { alternatives } from '../../reference/alternatives.ts';

describe.each(alternatives)('%s', (_, { eigenvalues, detX }) => {
  test('equals detX_constraint of WeightWatcher, its two names for the value swapped as there', () => {
    expect(ergColumns(Float64Array.from(eigenvalues), 5)).toEqual({
      detX_num: detX.num,
      num_ERG_spikes: detX.num,
      ERG_gap: detX.num - 5,
      detX_val: expect.closeTo(detX.value, 9),
      detX_val_unrescaled: expect.closeTo(detX.scaled, 9),
    });
  });
});

test('does not overflow where the product of the largest eigenvalues is beyond float64', () => {
  // Rescaled to mean 1: 3000 values near 1.6 (their product is 10^612), then small ones that bring it down again.
  const random = randomStream(2);
  const values = Float64Array.from(
    { length: 6000 },
    (_, i) => (i < 3000 ? 0.4 : 1.6) * (1 + 0.01 * random.uniform()),
  ).sort();
  const scaled = values.map((value) => (value * values.length) / values.reduce((sum, own) => sum + own, 0));
  let [logs, count] = [0, 0];
  while (logs >= 0) logs += Math.log(scaled[scaled.length - ++count] as number);
  expect(ergColumns(values, 0).detX_num).toBe(count);
  expect(count).toBeGreaterThan(4500);
});

test('equal eigenvalues, or a single one, have no such tail', () => {
  expect(ergColumns(Float64Array.of(2, 2, 2), 1)).toMatchObject({
    detX_num: 0,
    ERG_gap: -1,
    detX_val: 2,
    detX_val_unrescaled: 1,
  });
  expect(ergColumns(Float64Array.of(2), -1)).toMatchObject({ detX_num: 0, ERG_gap: 1 });
});
