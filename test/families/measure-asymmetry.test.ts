import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf } from '../../src/base/measured.ts';
import { measureAsymmetry } from '../../src/families/measure-asymmetry.ts';
import { table2Gains, table2Taxonomy } from './table-2.ts';

const measure = (subject: 'andes' | 'intern', base: 'intern' | 'qwen') =>
  measureAsymmetry(table2Gains(subject, base), table2Taxonomy, defaultConstants, 7);

describe('Table 2 of the paper, worked in METHOD § 2.6 with numpy and scipy', () => {
  test('AndesVL against InternVL3.5 has the family contrasts of the worked example', () => {
    const { families } = measure('andes', 'intern');
    expect(families.map((family) => Number((numberOf(family.fixed) ?? 0).toFixed(1)))).toEqual([
      -16.3, -20.1, 3.0, 5.1, 1.7,
    ]);
  });

  test('AndesVL against InternVL3.5 has F 11.96 on κ and 12.75 on log-odds, and the dispersion that scipy gives', () => {
    const { asymmetry } = measure('andes', 'intern');
    expect(numberOf(asymmetry.kappa.F)).toBeCloseTo(11.96, 1);
    expect(numberOf(asymmetry.logit.F)).toBeCloseTo(12.75, 1);
    expect(numberOf(asymmetry.kappa.pF)).toBeLessThan(0.003);
    // scipy.optimize.brentq on Q(t) = 4, χ²(.975, 4), χ²(.025, 4); the worked example prints 11.4 [6.2, 34.0].
    expect(numberOf(asymmetry.tau)).toBeCloseTo(11.348140945413, 8);
    expect(asymmetry.tau).toMatchObject({
      interval: { low: expect.closeTo(6.197245453569, 8), high: expect.closeTo(33.960534193039, 8) },
    });
    expect(numberOf(asymmetry.CAI)).toBeCloseTo(0.82, 2);
  });

  test('the range of families has the simultaneous half-width 14.8 of the worked example', () => {
    const { asymmetry } = measure('andes', 'intern');
    expect(numberOf(asymmetry.S)).toBeCloseTo(25.2, 1);
    expect(
      asymmetry.S.status === 'ok' && asymmetry.S.interval && (asymmetry.S.interval.high - asymmetry.S.interval.low) / 2,
    ).toBeCloseTo(14.8, 0);
  });

  test('InternVL3.5 against Qwen3-VL is uneven by item noise only: the naive contrast would flag it, the four tests do not', () => {
    const { asymmetry } = measure('intern', 'qwen');
    expect(numberOf(asymmetry.S)).toBeGreaterThan(10);
    expect(numberOf(asymmetry.kappa.pQ)).toBeLessThan(0.01);
    expect(numberOf(asymmetry.kappa.pF)).toBeCloseTo(0.53, 1);
    expect(numberOf(asymmetry.tau)).toBe(0);
    expect(asymmetry.pattern).toBe('inconclusive');
  });

  test('AndesVL against Qwen3-VL is asymmetric in κ with permutation p about 0.024 and on log-odds about 0.032', () => {
    const { asymmetry } = measure('andes', 'qwen');
    expect(numberOf(asymmetry.kappa.F)).toBeCloseTo(4.1, 1);
    expect(numberOf(asymmetry.kappa.pF)).toBeCloseTo(0.024, 2);
    expect(numberOf(asymmetry.logit.pF)).toBeCloseTo(0.032, 2);
  });
});

test('equal seeds give equal numbers', () => {
  expect(measure('andes', 'intern')).toEqual(measure('andes', 'intern'));
});
