import { expect, test } from 'vitest';
import { failed, ok } from '../../src/base/measured.ts';
import { alphaShareChange } from '../../src/diagnostics/alpha-share-change.ts';
import { layers } from './inputs.ts';

const moved = (entered: number, left: number, stayed: number) =>
  layers(
    [
      ...new Array<number>(entered).fill(1),
      ...new Array<number>(left).fill(-1),
      ...new Array<number>(stayed).fill(0),
    ].map((change) => ({ alpha_range_change: ok(change) })),
  );

test.each([
  [0, 3, 221, '0.25'],
  [6, 0, 218, '0.031'],
  [8, 2, 10, '0.11'],
  [5, 5, 0, '1.0'],
  [0, 0, 9, '1.0'],
])('%s entered, %s left, %s stayed: exact McNemar p is %s, as scipy gives it', (entered, left, stayed, p) => {
  const n = entered + left + stayed;
  expect(alphaShareChange.measure(moved(entered, left, stayed))).toMatchObject({
    value: expect.closeTo((100 * (entered - left)) / n, 10),
    n,
    note: `${entered} entered, ${left} left; exact McNemar p ${p}`,
  });
});

test('without fits it is skipped', () => {
  expect(alphaShareChange.measure(layers([{ alpha_range_change: failed('fit-failed', '') }]))).toMatchObject({
    status: 'skipped',
  });
});
