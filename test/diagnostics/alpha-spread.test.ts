import { expect, test } from 'vitest';
import { numberOf, ok } from '../../src/base/measured.ts';
import { alphaSpread } from '../../src/diagnostics/alpha-spread.ts';
import { layers } from './inputs.ts';

const along = (alphas: readonly number[], role?: string) =>
  layers(
    alphas.map((value) => ({ alpha: ok(value) })),
    role,
  );

test('is the sample standard deviation, the median over kinds, each kind as a part', () => {
  const [v, q] = [along([2, 4, 4, 4, 5, 5, 7, 9], 'v'), along([3, 3, 3, 3, 3, 3, 3, 3], 'q')];
  // np.std([2, 4, 4, 4, 5, 5, 7, 9], ddof=1)
  expect(numberOf(alphaSpread.measure(v))).toBeCloseTo(2.138089935299395, 12);
  expect(numberOf(alphaSpread.measure([...v, ...q]))).toBeCloseTo(2.138089935299395 / 2, 12);
  expect(Object.keys(alphaSpread.parts?.([...v, ...q]) ?? {})).toEqual(['v', 'q']);
});

test('one layer has none', () => {
  expect(alphaSpread.measure(along([3]))).toMatchObject({ status: 'skipped', code: 'too-few-layers' });
});
