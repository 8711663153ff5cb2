import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { axisContrasts, bounds, detectable, transferRatio } from '../../src/families/shadow-contrast.ts';
import { estimatesOf, fiveFamilies } from './axis.ts';

const axis = { targeted: ['a', 'b'], coverage: ['c', 'd', 'e'] };
const contrasts = axisContrasts(estimatesOf(fiveFamilies), axis, defaultConstants);

// All reference values: numpy, pooled within-family variance 7.0 on 14 df, contrasts w·θ with √(w²·s²/T).
describe('contrasts of five families worked by hand', () => {
  test('have the values and random-task errors of numpy', () => {
    expect(contrasts).toMatchObject({
      target: 'random-task',
      T: { value: expect.closeTo(11.5, 12), se: expect.closeTo(0.9354143466934853, 12), df: 14 },
      C: { value: expect.closeTo(5, 12), se: expect.closeTo(0.8050764858994133, 12) },
      S: { value: expect.closeTo(6.5, 12), se: expect.closeTo(1.2341588828623924, 12) },
      transfer: { value: expect.closeTo(-0.75, 12), se: expect.closeTo(0.9310736534496872, 12) },
    });
  });

  test('have one-sided bounds from t on 14 degrees of freedom', () => {
    const { lower, upper } = bounds(contrasts.S); // value ± scipy.stats.t.ppf(.95, 14)·se
    expect([lower, upper]).toEqual([expect.closeTo(4.326263450457851, 9), expect.closeTo(8.673736549542149, 9)]);
  });

  test('find 3.7 points with 80 % power', () => {
    expect(detectable(contrasts.S)).toMatchObject({ value: expect.closeTo(3.7183250622090323, 8) });
  });
});

describe('the transfer ratio', () => {
  test('has the Fieller bounds, the two roots of (C − ρT)² = t²(V_C + ρ²V_T)', () => {
    expect(transferRatio(contrasts)).toMatchObject({
      value: expect.closeTo(0.43478260869565216, 12),
      interval: { low: expect.closeTo(0.27704586034936934, 9), high: expect.closeTo(0.6198157990246669, 9) }, // numpy.roots
    });
  });

  test('is not given where the targeted gain may be 0, even at exactly 0', () => {
    for (const families of [
      { a: [1, -1, 2, -2], b: [3, -3, 1, -1], c: [5, 6, 4, 5], d: [5, 4, 6, 5], e: [5, 6, 4] },
      { a: [0, 0], b: [0, 0], c: [0, 0], d: [0, 0], e: [0, 0] },
    ])
      expect(transferRatio(axisContrasts(estimatesOf(families), axis, defaultConstants))).toMatchObject({
        status: 'skipped',
        code: 'targeted-gain-unclear',
      });
  });
});

test('with few tasks the error is item noise, and the reference is normal', () => {
  const few = axisContrasts(estimatesOf({ a: [12], b: [11], c: [5], d: [4], e: [6] }), axis, defaultConstants);
  expect(few).toMatchObject({
    target: 'fixed-task',
    S: { se: expect.closeTo(Math.sqrt(4 / 2 + 4 / 3), 12), df: Number.POSITIVE_INFINITY },
  });
});
