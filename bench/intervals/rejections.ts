import { defaultConstants } from '../../src/base/constants.ts';
import { ok } from '../../src/base/measured.ts';
import { cochranQ } from '../../src/families/cochran-q.ts';
import type { FamilyTaskGain } from '../../src/families/family-gain.ts';
import { familyGains } from '../../src/families/family-gains.ts';
import { estimateFamilies, type GainGroup, gainTable } from '../../src/families/gain-table.ts';
import { permutationF } from '../../src/families/permutation-f.ts';
import { taskGain } from '../../src/scores/gain.ts';
import { crossed, level, type Size, simulate, type Table } from './simulate.ts';
import { bernoulli, clusteredItems, familyGroups, scale, taskOf } from './worlds.ts';

/** (e) and (f): how often the tests of asymmetry reject where there is nothing, and how many discoveries are false. */
export function rejections(size: Size): Table[] {
  return [heterogeneity(size), fromItems(size), scatter(size), discoveries(size)];
}

function pQ(table: readonly GainGroup[]): number {
  const { families } = estimateFamilies(table);
  return cochranQ(
    families.map((family) => family.mean),
    families.map((family) => family.fixed),
    families.map((family) => family.fixedDf),
  ).p;
}

function heterogeneity(size: Size): Table {
  return {
    title: 'Q under no effect, known errors',
    text: 'cochranQ on families that all gained 5 points, no scatter between tasks.',
    columns: ['families', 'tasks', 'rejected at 5 %'],
    rows: simulate(
      crossed([2, 3, 5, 8], [1, 3, 8]),
      { ...size, runs: 10 * size.runs },
      ([F, T]) => [`${F}`, `${T}`],
      () => [level],
      ([F, T], random) => [
        Number(
          pQ(familyGroups({ means: new Array<number>(F).fill(5), tasks: T, scatter: 0, noise: 3 }, random).table) <
            0.05,
        ),
      ],
    ),
  };
}

function fromItems(size: Size): Table {
  return {
    title: 'Q under no effect, errors from items',
    text: 'taskGain on both scales, then cochranQ: five families of two tasks, true gain 2.5 points at p = 0.6; independent items, or clusters of 8 with ICC 0.3. Q with χ² beside it for clusters.',
    columns: ['items', 'clusters', 'κ', 'log-odds', 'κ, χ² instead'],
    rows: simulate(
      [
        [100, 0],
        [300, 0],
        [80, 10],
        [240, 30],
        [480, 60],
      ] as const,
      { ...size, runs: 2 * size.runs },
      ([n, G]) => [`${n}`, G === 0 ? 'none' : `${G}`],
      () => [level, level, undefined],
      ([n, G], random) => {
        const sizes = new Array<number>(G === 0 ? n : G).fill(G === 0 ? 1 : 8);
        const names = sizes.flatMap((count, cluster) => new Array<string>(count).fill(`c${cluster}`));
        const gains = Array.from({ length: 10 }, (_, index): FamilyTaskGain => {
          const base = clusteredItems(sizes, 0.6, G === 0 ? 0 : 0.3, random);
          const fresh = clusteredItems(sizes, 0.65, G === 0 ? 0 : 0.3, random);
          const subject = base.map((answer, item) => (bernoulli(0.5, random) === 1 ? answer : (fresh[item] ?? 0)));
          const gain = taskGain(taskOf(base, names), taskOf(subject, names), scale);
          if ('refused' in gain) throw new Error(gain.refused);
          return { family: `f${index % 5}`, ...gain, task: `t${index}` };
        });
        const [points, odds] = [gainTable(gains, 'gain'), gainTable(gains, 'logit')];
        const plain = points.map(({ dfs: _, ...group }) => group);
        return [points, odds, plain].map((table) => Number(pQ(table) < 0.05));
      },
    ),
  };
}

function scatter(size: Size): Table {
  return {
    title: 'Permutation F under no effect',
    text: 'permutationF (199 shuffles, or exact) on families that all gained 5 points, task scatter 4, item noise 3. With few labellings an exact test cannot reach 5 % and rejects less.',
    columns: ['families', 'tasks', 'rejected at 5 %'],
    rows: simulate(
      crossed([2, 3, 5, 8], [3, 4, 8]),
      { ...size, runs: 4 * size.runs },
      ([F, T]) => [`${F}`, `${T}`],
      ([F, T]) => [F * T < 8 ? [0, 0.06] : level],
      ([F, T], random) => {
        const { table } = familyGroups({ means: new Array<number>(F).fill(5), tasks: T, scatter: 4, noise: 3 }, random);
        const test = permutationF(
          table.map((group) => group.gains),
          199,
          random,
        );
        return [Number(test.p <= 0.05)];
      },
    ),
  };
}

function discoveries(size: Size): Table {
  return {
    title: 'Benjamini–Hochberg over families',
    text: 'familyGains, called where qGain < 0.05; families that gained 6 points among families that did not, item noise 3. The false discovery rate is 5 % at most; the bound is 5.5 % for Monte Carlo error.',
    columns: ['families', 'with a gain', 'tasks', 'false discovery rate', 'found'],
    rows: simulate(
      crossed([8], [0, 2, 4, 6], [1, 3]),
      size,
      ([F, real, T]) => [`${F}`, `${real}`, `${T}`],
      () => [[0, 0.055], undefined],
      ([F, real, T], random) => {
        const means = Array.from({ length: F }, (_, family) => (family < real ? 6 : 0));
        const { table } = familyGroups({ means, tasks: T, scatter: 0, noise: 3 }, random);
        const gains = asGains(table);
        const estimates = { gain: estimateFamilies(table), logit: estimateFamilies(table) };
        const called = familyGains([], gains, estimates, undefined, defaultConstants).map(
          (row) => (row.qGain ?? 1) < 0.05,
        );
        const wrong = called.filter((yes, family) => yes && family >= real).length;
        const all = called.filter(Boolean).length;
        return [wrong / Math.max(1, all), real === 0 ? 0 : (all - wrong) / real];
      },
    ),
  };
}

function asGains(table: readonly GainGroup[]): FamilyTaskGain[] {
  return table.flatMap(({ family, tasks, gains, variances }) =>
    tasks.map((task, index): FamilyTaskGain => {
      const gain = ok(gains[index] ?? 0, { se: Math.sqrt(variances[index] ?? 0) });
      return {
        family,
        task,
        n: 300,
        clusters: 300,
        base: 0.5,
        subject: 0.5,
        kappaBase: 50,
        kappaSubject: 50,
        gain,
        logit: gain,
        se: 'paired-clustered',
        flags: [],
      };
    }),
  );
}
