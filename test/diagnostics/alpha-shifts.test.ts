import { expect, test } from 'vitest';
import { ok, skipped } from '../../src/base/measured.ts';
import { alphaShifts } from '../../src/diagnostics/alpha-shifts.ts';

const withZ = (...values: (number | undefined)[]) =>
  values.map((z) => ({ diagnostics: { delta_alpha_z: z === undefined ? skipped('none', 'None.') : ok(z) } }));

// Two-sided p of z = ±3, 1.96 and 0.5 from a normal table: 0.0027, 0.05, 0.6171; Benjamini–Hochberg over three of them.
test('p values are adjusted over all matrices that have a z', () => {
  const [down, up, none] = alphaShifts(withZ(-3, 1.96, undefined, 0.5));
  expect(down).toMatchObject({ direction: 'heavier', q: expect.closeTo(3 * 0.0027, 4), significant: true });
  expect(up).toMatchObject({ direction: 'lighter', q: expect.closeTo((3 / 2) * 0.05, 4), significant: false });
  expect(none).toMatchObject({ q: expect.closeTo(0.6171, 4), significant: false });
});

test('of many matrices that did not move, one at z = 2 is not significant', () => {
  expect(alphaShifts(withZ(2, ...new Array<number>(19).fill(0.1))).some(({ significant }) => significant)).toBe(false);
});

test('nothing is tested where no matrix has a z', () => {
  expect(alphaShifts(withZ(undefined))).toEqual([]);
});
