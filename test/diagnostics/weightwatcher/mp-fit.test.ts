import { describe, expect, test } from 'vitest';
import { mpFit } from '../../../src/diagnostics/weightwatcher/mp-fit.ts';
import { gramEigenvalues } from '../../../src/spectrum/gram-eigenvalues.ts';
import { alternatives } from '../../reference/alternatives.ts';
import { gaussian } from '../inputs.ts';

describe.each(alternatives)('%s', (_, { eigenvalues, mp_fit }) => {
  test.each(['square', 'wide'] as const)('equals mp_fit of WeightWatcher with the sides of a %s matrix', (shape) => {
    const n = eigenvalues.length;
    const fit = mpFit(Float64Array.from(eigenvalues), shape === 'wide' ? 2 * n : n, n);
    expect(fit.num_spikes).toBe(mp_fit[shape].num_spikes);
    for (const key of ['sigma_mp', 'mp_softrank', 'W_scale', 'bulk_max', 'bulk_min'] as const) {
      const theirs = mp_fit[shape][key] as number;
      expect(Math.abs(fit[key] - theirs), `${key}: ours ${fit[key]}, theirs ${theirs}`).toBeLessThanOrEqual(
        1e-6 * Math.abs(theirs),
      );
    }
  });
});

test('a Gaussian matrix has sigma near 1 and no spike; one planted direction is one', () => {
  const weights = gaussian(150, 300, 4);
  const bulk = mpFit(gramEigenvalues(weights, 150, 300), 300, 150);
  expect(bulk).toMatchObject({ num_spikes: 0, sigma_mp: expect.closeTo(1, 1) });
  const spiked = weights.map((value, at) => value + (at % 300 === 0 ? 3 : 0));
  expect(mpFit(gramEigenvalues(spiked, 150, 300), 300, 150).num_spikes).toBe(1);
});

test('a zero matrix is −1 in every column', () => {
  expect(Object.values(mpFit(new Float64Array(8), 12, 8))).toEqual([-1, -1, -1, -1, -1, -1]);
});
