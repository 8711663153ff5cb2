import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { alphaRangeShare } from '../../src/diagnostics/alpha-range-share.ts';
import { layers } from './inputs.ts';

const fitted = (alpha: number) => ({
  alpha: ok(alpha),
  sigma: ok(0.1),
  D: ok(0.05),
  num_pl_spikes: ok(50, { n: 100 }),
});

// Wilson for 3 of 4 at 95 %: centre (0.75 + z²/8)/(1 + z²/4) = 0.6278, half-width 0.3267 (z = 1.96).
test('counts what passes the test among the fitted matrices, with a Wilson interval', () => {
  const matrices = layers([fitted(1), fitted(2), fitted(3), fitted(9), { alpha: failed('fit-failed', 'x') }]);
  expect(alphaRangeShare(matrices, (alpha) => alpha < 5)).toMatchObject({
    ...{ status: 'ok', value: 75, k: 3, n: 4 },
    interval: { low: expect.closeTo(30.1, 0), high: expect.closeTo(95.4, 0), level: 0.95, method: 'Wilson' },
    note: expect.stringContaining('1 of 5 pooled matrices have no fit and are not counted'),
  });
});

test('an exponent two errors from 2 or 6 is called borderline, one farther off is not', () => {
  expect(alphaRangeShare(layers([fitted(2.19), fitted(5.81), fitted(2.21), fitted(4)]), () => true)).toMatchObject({
    note: expect.stringContaining('2 lie within 2σ of 2 or 6'),
  });
});

test('no fit at all is no share', () => {
  expect(alphaRangeShare(layers([{}]), () => true)).toMatchObject({ status: 'skipped', code: 'no-fits' });
});
