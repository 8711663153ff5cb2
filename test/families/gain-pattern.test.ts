import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf } from '../../src/base/measured.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { Asymmetry } from '../../src/families/asymmetry.ts';
import { measureAsymmetry } from '../../src/families/measure-asymmetry.ts';
import type { Taxonomy } from '../../src/families/taxonomy.ts';
import { taskGains } from './axis.ts';

const constants = { ...defaultConstants, permutations: 500 };
const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const sides = { targeted: ['a', 'b', 'c'], coverage: ['d', 'e', 'f'] };
const taxonomy = (declared: boolean): Taxonomy => ({
  families: names.map((id) => ({ id, title: id, side: 'other', tasks: [] })),
  axis: declared ? { declared, ...sides } : { declared, targeted: [], coverage: [] },
});

/** Four tasks a family, scattered around its mean gain by the same small steps. */
const around = (means: readonly number[], step = 1): Record<string, number[]> =>
  Object.fromEntries(
    means.map((mean, index) => [names[index] ?? '', [-1.5, -0.5, 0.5, 1.5].map((at) => mean + at * step)]),
  );
const judge = (means: readonly number[], { declared = true, step = 1, se = 2 } = {}): Asymmetry =>
  measureAsymmetry(taskGains(around(means, step), se), taxonomy(declared), constants, 1).asymmetry;

describe('the pattern of exact gains', () => {
  test.each([
    ['asymmetric-gain', [30, 28, 32, 0, 1, -1], true],
    ['inconclusive', [30, 28, 32, 0, 1, -1], false],
    ['uniform-gain', [20, 21, 20, 19, 20, 20], false],
    ['uneven-regression', [-30, -28, -32, 0, 0.5, -0.5], true],
    ['uneven-regression', [0, 0.5, -0.5, -30, -28, -32], false],
    ['inconclusive', [12, 3, 14, 6, 1, 9], true],
  ] as const)('%s for family means %j, declared %s', (pattern, means, declared) => {
    const asymmetry = judge(means, { declared });
    expect(asymmetry.pattern).toBe(pattern);
    expect(asymmetry.reasons.length).toBeGreaterThan(0);
    expect(problemsOf(Asymmetry, asymmetry)).toEqual([]);
  });

  test('without an axis the families that gained most are never called targeted', () => {
    const { reasons, clauses } = judge([30, 28, 32, 0, 1, -1], { declared: false });
    expect(reasons.map(({ code }) => code)).toEqual(['no-axis']);
    expect(clauses?.filter(({ rule }) => rule === 'asymmetric').every(({ holds }) => holds)).toBe(true);
  });

  test('families that hardly moved, measured with much noise, are inconclusive and not unchanged', () => {
    const { pattern, reasons } = judge([0.5, -0.5, 0.2, 0, 0.4, -0.3], { step: 8, se: 8 });
    expect(pattern).toBe('inconclusive');
    expect(reasons.map((reason) => reason.code)).toContain('tests-not-met');
  });

  test('a gain on the coverage side alone is not a concentrated gain of the targeted ones', () => {
    expect(judge([0, 1, -1, 30, 28, 32]).pattern).not.toBe('asymmetric-gain');
  });

  test('a gain of which exactly half arrives is claimed for neither side', () => {
    expect(judge([20, 21, 19, 10, 10.5, 9.5]).pattern).toBe('inconclusive');
  });
});

test('the contrast is T − C, and doubling every gain doubles it', () => {
  const [once, twice] = [judge([30, 28, 32, 0, 1, -1]), judge([60, 56, 64, 0, 2, -2], { step: 2, se: 4 })];
  expect(numberOf(once.S)).toBeCloseTo((numberOf(once.T) ?? 0) - (numberOf(once.C) ?? 0), 10);
  expect(numberOf(twice.S)).toBeCloseTo(2 * (numberOf(once.S) ?? 0), 10);
});

test('the order of families in the file decides nothing', () => {
  const gains = taskGains(around([30, 28, 32, 0, 1, -1]));
  const [there, back] = [gains, gains.toReversed()].map(
    (order) => measureAsymmetry(order, taxonomy(true), constants, 1).asymmetry,
  );
  expect(back?.pattern).toBe(there?.pattern);
  expect(numberOf(back?.S)).toBeCloseTo(numberOf(there?.S) ?? 0, 10);
  expect(numberOf(back?.transferRatio)).toBeCloseTo(numberOf(there?.transferRatio) ?? 0, 10);
});

test('gains that are all exactly the same break no number', () => {
  const same = Object.fromEntries(names.map((name) => [name, [5, 5, 5, 5]]));
  const { asymmetry } = measureAsymmetry(taskGains(same), taxonomy(true), constants, 1);
  expect(problemsOf(Asymmetry, asymmetry)).toEqual([]);
  expect(asymmetry.pattern).not.toBe('asymmetric-gain');
});

describe('an axis that was declared and cannot be looked at', () => {
  const left = (...families: string[]): Asymmetry => {
    const means = Object.entries(around([30, 28, 32, 0, 1, -1])).filter(([family]) => families.includes(family));
    return measureAsymmetry(taskGains(Object.fromEntries(means)), taxonomy(true), constants, 1).asymmetry;
  };

  test.each([
    ['the coverage families, so that the rest is even', ['a', 'b', 'c']],
    ['the targeted families, so that nothing moved', ['d', 'e', 'f']],
  ])('without %s it abstains', (_, families) => {
    expect(left(...families)).toMatchObject({ pattern: 'inconclusive', reasons: [{ code: 'axis-side-lost' }] });
  });
});

test('a task is left out with the degrees of freedom of the tasks that stay', () => {
  const few = taskGains(around([30, 28, 32, 0, 1, -1])).map((gain) => ({ ...gain, df: 3 }));
  const many = taskGains(around([30, 28, 32, 0, 1, -1]));
  const worst = (gains: typeof many): number =>
    measureAsymmetry(gains, taxonomy(true), constants, 1).asymmetry.kappa.pQ.status === 'ok'
      ? Math.max(...(measureAsymmetry(gains, taxonomy(true), constants, 1).asymmetry.removals ?? []).map(({ p }) => p))
      : Number.NaN;
  expect(worst(few)).toBeGreaterThanOrEqual(worst(many));
});
