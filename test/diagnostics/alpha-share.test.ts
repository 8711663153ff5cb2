import { expect, test } from 'vitest';
import { failed, numberOf, ok } from '../../src/base/measured.ts';
import { alphaOver } from '../../src/diagnostics/alpha-over.ts';
import { alphaShare } from '../../src/diagnostics/alpha-share.ts';
import { alphaTailMass } from '../../src/diagnostics/alpha-tail-mass.ts';
import { alphaUnder } from '../../src/diagnostics/alpha-under.ts';
import { layers } from './inputs.ts';

const withAlphas = (...alphas: number[]) =>
  layers(alphas.map((alpha) => ({ alpha: ok(alpha), sigma: ok(0.1), D: ok(0.05), num_pl_spikes: ok(50, { n: 100 }) })));

test('both ends of [2, 6] are inside, and 10 is inside the tail mass', () => {
  const matrices = withAlphas(1.99, 2, 6, 6.01, 10, 10.01, 3, 4);
  expect([alphaUnder, alphaShare, alphaTailMass, alphaOver].map((unit) => numberOf(unit.measure(matrices)))).toEqual([
    12.5, 50, 25, 12.5,
  ]);
});

test('the four shares add up to 100', () => {
  const matrices = withAlphas(...Array.from({ length: 37 }, (_, index) => 0.5 + index / 3));
  const shares = [alphaUnder, alphaShare, alphaTailMass, alphaOver].map(
    (unit) => numberOf(unit.measure(matrices)) ?? 0,
  );
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 10);
});

test('176 of 224 is the 78.6 % of Table 1, with a Wilson interval of about ±5 points', () => {
  const matrices = withAlphas(...new Array<number>(176).fill(4), ...new Array<number>(48).fill(8));
  const measured = alphaShare.measure(matrices);
  expect(measured).toMatchObject({
    k: 176,
    n: 224,
    interval: { low: expect.closeTo(72.7, 0), high: expect.closeTo(83.5, 0), method: 'Wilson' },
  });
  expect(numberOf(measured)?.toFixed(1)).toBe('78.6');
});

test('matrices without a fit are not counted and said to be missing; poor and borderline fits are counted and said', () => {
  const [poor, borderline] = [
    { alpha: ok(4), sigma: ok(0.1), D: ok(0.3), num_pl_spikes: ok(50, { n: 100 }) },
    { alpha: ok(6.1), sigma: ok(0.1), D: ok(0.05), num_pl_spikes: ok(50, { n: 100 }) },
  ];
  expect(alphaShare.measure(layers([poor, borderline, { alpha: failed('fit-failed', 'x') }]))).toMatchObject({
    value: 50,
    k: 1,
    n: 2,
    note: '1 of 2 fits are poor (D > 0.1, tail below 10 eigenvalues or the whole spectrum); 1 lie within 2σ of 2 or 6; 1 of 3 pooled matrices have no fit and are not counted',
  });
});

test('without any fit the share is skipped', () => {
  expect(alphaShare.measure([])).toMatchObject({ status: 'skipped', code: 'no-fits' });
});
