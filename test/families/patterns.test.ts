import { describe, expect, test } from 'vitest';
import { defaultConstants } from '../../src/base/constants.ts';
import { numberOf, ok } from '../../src/base/measured.ts';
import { randomStream } from '../../src/base/random.ts';
import { problemsOf } from '../../src/base/validate.ts';
import { FamiliesDocument } from '../../src/families/families-document.ts';
import type { FamilyTaskGain } from '../../src/families/family-gain.ts';
import { measureAsymmetry } from '../../src/families/measure-asymmetry.ts';
import { permutationF } from '../../src/families/permutation-f.ts';
import { resolveTaxonomy } from '../../src/families/resolve-taxonomy.ts';
import type { Taxonomy } from '../../src/families/taxonomy.ts';

const constants = { ...defaultConstants, permutations: 500, bootstrap: 20 };
const items = 300;
const many = 6_000;

const taxonomy = (targeted: number, coverage: number, declared = true): Taxonomy => {
  const names = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const [t, c] = [names('t', targeted), names('c', coverage)];
  return {
    families: [
      ...t.map((id) => ({ id, title: id, side: 'targeted' as const, tasks: [] })),
      ...c.map((id) => ({ id, title: id, side: 'coverage' as const, tasks: [] })),
    ],
    axis: declared ? { declared, targeted: t, coverage: c } : { declared, targeted: [], coverage: [] },
  };
};

/** Task gains of a planted world: mean gain by family, scatter between tasks, item noise; base at 45 κ-points. */
function world(
  mean: (family: string) => number,
  seed: number,
  {
    tasks = 4,
    scatter = 2,
    from = 45,
    n = items,
    declared = taxonomy(3, 5),
  }: { tasks?: number; scatter?: number; from?: number; n?: number; declared?: Taxonomy } = {},
): FamilyTaskGain[] {
  const random = randomStream(seed);
  return declared.families.flatMap(({ id }) =>
    Array.from({ length: tasks }, (_, index) => {
      const [p0, p1] = [
        from / 100,
        Math.min(0.995, Math.max(0.005, (from + mean(id) + scatter * random.normal()) / 100)),
      ];
      const se = Math.sqrt((p0 * (1 - p0) + p1 * (1 - p1)) / n / 2);
      const shift = se * random.normal();
      const seen = Math.min(0.997, Math.max(0.003, p1 + shift));
      const logit = (p: number): number => Math.log(p / (1 - p));
      return {
        family: id,
        task: `${id}-${index}`,
        n,
        clusters: n,
        base: p0,
        subject: seen,
        kappaBase: 100 * p0,
        kappaSubject: 100 * seen,
        gain: ok(100 * (seen - p0), { se: 100 * se, n }),
        logit: ok(logit(seen) - logit(p0), { se: se / (p1 * (1 - p1)), n }),
        se: 'paired-clustered',
        flags: [],
      };
    }),
  );
}

const patternOf = (gains: FamilyTaskGain[], declared = taxonomy(3, 5)): string =>
  measureAsymmetry(gains, declared, constants, 1).asymmetry.pattern;
const targeted =
  (high: number, low: number) =>
  (family: string): number =>
    family.startsWith('t') ? high : low;

describe('planted gains get their pattern', () => {
  test.each([
    ['asymmetric-gain', targeted(30, 0)],
    ['transferring', targeted(30, 27)],
    ['transferring', targeted(20, 30)],
    ['no-change', () => 0],
    ['uniform-regression', () => -20],
  ] as const)('%s', (pattern, mean) => {
    expect(patternOf(world(mean, 5, { scatter: pattern === 'no-change' ? 0.3 : 1.2, n: many }))).toBe(pattern);
  });

  test('one task that jumps makes no asymmetry', () => {
    const gains = world(() => 0, 6, { scatter: 1 });
    const spike = gains[0];
    if (spike) spike.gain = ok(60, { se: 3, n: items });
    const { asymmetry } = measureAsymmetry(gains, taxonomy(3, 5), constants, 1);
    expect(asymmetry.pattern).not.toBe('asymmetric-gain');
  });

  test('a difference that is one on κ only is scale-dependent and no shadow', () => {
    // Coverage goes 88 -> 97: 9 points, but 1.5 in log-odds; targeted 30 -> 55: 25 points, 1.05 in log-odds.
    const declared = taxonomy(3, 5);
    const gains = [
      ...world((family) => (family.startsWith('t') ? 25 : 0), 7, { from: 30, declared, scatter: 1, n: many }).filter(
        (gain) => gain.family.startsWith('t'),
      ),
      ...world((family) => (family.startsWith('c') ? 9 : 0), 8, { from: 88, declared, scatter: 0.3, n: many }).filter(
        (gain) => gain.family.startsWith('c'),
      ),
    ];
    const { asymmetry } = measureAsymmetry(gains, declared, constants, 1);
    expect(asymmetry.pattern).not.toBe('asymmetric-gain');
    expect(asymmetry.reasons.map((reason) => reason.code)).toContain('scale-dependent');
  });

  test('a family at its ceiling counts on neither side', () => {
    const gains = world(targeted(30, 0), 9).map((gain) => (gain.family === 'c0' ? { ...gain, kappaBase: 96 } : gain));
    expect(measureAsymmetry(gains, taxonomy(3, 5), constants, 1).asymmetry.coverage).toEqual(['c1', 'c2', 'c3', 'c4']);
  });

  test('too few tasks give fixed-task wording only, and one family no statement', () => {
    expect(
      measureAsymmetry(world(targeted(30, 0), 3, { tasks: 1 }), taxonomy(3, 5), constants, 1).asymmetry.wording,
    ).toBe('fixed-task');
    expect(
      patternOf(
        world(() => 30, 3, { declared: taxonomy(1, 0) }),
        taxonomy(1, 0),
      ),
    ).toBe('inconclusive');
  });
});

test('without a gain, natural unevenness of families is rarely called a concentrated gain', () => {
  const declared = taxonomy(3, 3);
  const random = randomStream(11);
  let flagged = 0;
  for (let seed = 0; seed < 200; seed++) {
    const own = new Map(declared.families.map((family) => [family.id, 4 * random.normal()]));
    if (
      patternOf(
        world((family) => own.get(family) ?? 0, 1000 + seed, { scatter: 3, declared }),
        declared,
      ) === 'asymmetric-gain'
    )
      flagged++;
  }
  expect(flagged / 200).toBeLessThanOrEqual(0.06);
}, 120_000);

test('F is the F of scipy.stats.f_oneway, and shuffling finds a real difference', () => {
  const groups = [
    [30, 34, 28, 36],
    [1, -2, 0, 3],
    [2, 4, -1, -3],
  ];
  const { F, p } = permutationF(groups, 2000, randomStream(1));
  expect(F).toBeCloseTo(145.20731707317074, 8);
  expect(p).toBeLessThan(0.01);
  expect(
    permutationF(
      [
        [1, 2, 3],
        [1, 2, 3],
      ],
      500,
      randomStream(1),
    ).p,
  ).toBe(1);
});

describe('a families file', () => {
  const document = (families: FamiliesDocument['families'], axis?: FamiliesDocument['axis']): FamiliesDocument => ({
    families,
    ...(axis ? { axis } : {}),
  });
  const task = { metric: 'acc', chance: 0.25 };

  test.each([
    ['family-task-twice', document({ a: { tasks: { x: task } }, b: { tasks: { x: task } } })],
    ['axis-unknown-family', document({ a: { tasks: { x: task } } }, { targeted: ['a'], coverage: ['z'] })],
    ['axis-both-sides', document({ a: { tasks: { x: task } } }, { targeted: ['a'], coverage: ['a'] })],
    ['chance-not-below-max', document({ a: { tasks: { x: { metric: 'acc', chance: 1 } } } })],
  ])('that contradicts itself is refused: %s', (code, value) => {
    expect(problemsOf(FamiliesDocument, value)).toEqual([]);
    expect(() => resolveTaxonomy(value, undefined)).toThrowError(expect.objectContaining({ code, exitCode: 2 }));
  });

  test('gives families their side, and the config’s axis wins', () => {
    const value = document(
      { a: { tasks: { x: task } }, b: { tasks: { y: task } } },
      { targeted: ['a'], coverage: ['b'] },
    );
    expect(resolveTaxonomy(value, undefined).families.map((family) => family.side)).toEqual(['targeted', 'coverage']);
    expect(resolveTaxonomy(value, { targeted: ['b'], coverage: ['a'] }).axis.targeted).toEqual(['b']);
  });
});

test('the transfer ratio is C/T, with bounds that hold it', () => {
  const { asymmetry } = measureAsymmetry(world(targeted(30, 15), 4, { scatter: 1 }), taxonomy(3, 5), constants, 1);
  expect(numberOf(asymmetry.transferRatio)).toBeCloseTo(
    (numberOf(asymmetry.C) ?? 0) / (numberOf(asymmetry.T) ?? 1),
    10,
  );
  expect(asymmetry.transferRatio).toMatchObject({ interval: { low: expect.any(Number) } });
});
