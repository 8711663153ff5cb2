import { expect, test } from 'vitest';
import { betweenFamilies } from '../../src/families/between-families.ts';
import { cochranQ } from '../../src/families/cochran-q.ts';

const means = [-16.3, -20.1, 3, 5.1, 1.7];
const variances = [28, 21, 17, 21, 42];

test('Q and its p are those of numpy and scipy.stats.chi2.sf', () => {
  const { Q, p } = cochranQ(means, variances);
  expect(Q).toBeCloseTo(25.10848555815769, 10);
  expect(p).toBeCloseTo(4.784503723276513e-5, 12);
});

test('τ and its Q-profile bounds are the roots that scipy.optimize.brentq finds', () => {
  const { tau, low, high } = betweenFamilies(means, variances);
  expect([tau, low, high]).toEqual([
    expect.closeTo(10.861448689525385, 7),
    expect.closeTo(5.2596051337606635, 7),
    expect.closeTo(33.83487533248811, 6),
  ]);
});

test('families that differ by less than their noise have a dispersion of 0', () => {
  expect(betweenFamilies([1, 1.1, 0.9, 1], [4, 4, 4, 4])).toMatchObject({ tau: 0, low: 0 });
});
