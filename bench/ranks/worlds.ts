import { type RandomStream, randomStream } from '../../src/base/random.ts';
import { combine } from '../../src/leaderboard/ranking/combine.ts';
import type { Estimates } from '../../src/leaderboard/ranking/estimates.ts';
import { pairTests } from '../../src/leaderboard/ranking/pair-tests.ts';
import { rankIntervals } from '../../src/leaderboard/ranking/rank-intervals.ts';
import { separateMoments, taskMoments } from '../../src/leaderboard/ranking/task-moments.ts';

/** A planted truth: what models can do, and what they are asked. */
export interface World {
  readonly name: string;
  /** Ability of each model on the logit scale; equal abilities are true ties. */
  readonly abilities: readonly number[];
  /** Tasks of each family. */
  readonly families: readonly number[];
  readonly items: number;
  /** Items of one passage; they share a difficulty. */
  readonly clusterSize: number;
  /** Spread of an item's own difficulty that all models share, logits. */
  readonly difficulty: number;
  /** Spread of what is easy for one model alone, logits; 0 makes near copies of each other answer alike. */
  readonly taste: number;
  /** False: every model gets items of its own. */
  readonly shared: boolean;
}

/** How the rank intervals of one world did. */
export interface RankCoverage {
  readonly worlds: number;
  /** Worlds in which every interval held every true rank. */
  readonly held: number;
  /** Mean width of an interval, ranks. */
  readonly width: number;
}

const level = 0.05;

/** Draws data sets of a world, ranks the models with the product's own functions, and counts. */
export function simulateRanks(world: World, runs: number, draws: number, seed: number): RankCoverage {
  const truth = trueRanks(world.abilities);
  let [held, width] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const random = randomStream(Math.imul(seed + run, 0x9e3779b1));
    const estimates = draw(world, random);
    const intervals = rankIntervals(estimates.values, pairTests(estimates, level, draws, random).pairs, level);
    if (
      intervals.every(
        ({ best, worst }, model) => best <= (truth[model]?.best ?? 0) && worst >= (truth[model]?.worst ?? 0),
      )
    )
      held++;
    width += intervals.reduce((sum, { best, worst }) => sum + worst - best + 1, 0) / intervals.length;
  }
  return { worlds: runs, held, width: width / runs };
}

/** All places that a model truly fills: tied models fill each place of their tie. */
function trueRanks(abilities: readonly number[]): { best: number; worst: number }[] {
  return abilities.map((own) => ({
    best: 1 + abilities.filter((other) => other > own).length,
    worst: abilities.filter((other) => other >= own).length,
  }));
}

/** All tasks have one true score per ability, so equal abilities are equal aggregates, and higher ones are higher. */
function draw(world: World, random: RandomStream): Estimates {
  const families = world.families.length;
  return combine(
    world.families.flatMap((tasks) =>
      Array.from({ length: tasks }, () => ({ weight: 1 / (families * tasks), estimates: task(world, random) })),
    ),
  );
}

function task(world: World, random: RandomStream): Estimates {
  const { abilities, items, clusterSize } = world;
  if (!world.shared)
    return separateMoments(
      abilities.map((ability) => {
        const own = taskMoments({
          values: [answers([ability], world, random)[0] ?? []],
          clusters: clusters(items, clusterSize),
          unit: 100,
        });
        return { value: own?.values[0] ?? 0, variance: own?.variances[0] ?? 0, df: own?.dfs[0] ?? 0 };
      }),
    );
  const moments = taskMoments({
    values: answers(abilities, world, random),
    clusters: clusters(items, clusterSize),
    unit: 100,
  });
  if (!moments) throw new Error('a world needs two clusters');
  return moments;
}

function answers(abilities: readonly number[], world: World, random: RandomStream): number[][] {
  const { items, clusterSize, difficulty, taste } = world;
  const values = abilities.map(() => new Array<number>(items));
  let passage = 0;
  for (let item = 0; item < items; item++) {
    if (item % clusterSize === 0) passage = random.normal();
    // Of one passage, half of the difficulty's variance is the passage's.
    const hard = difficulty * (clusterSize === 1 ? random.normal() : Math.SQRT1_2 * (passage + random.normal()));
    // One threshold an item: models of one taste answer it alike, so that near copies differ on few items.
    const threshold = random.uniform();
    for (const [model, ability] of abilities.entries()) {
      const p = 1 / (1 + Math.exp(-(ability - hard + (taste > 0 ? taste * random.normal() : 0))));
      (values[model] as number[])[item] = (taste > 0 ? random.uniform() : threshold) < p ? 100 : 0;
    }
  }
  return values;
}

function clusters(items: number, size: number): string[] {
  return Array.from({ length: items }, (_, item) => String(Math.floor(item / size)));
}

const even = (models: number, step: number): number[] => Array.from({ length: models }, (_, index) => -index * step);

/** The worlds that docs/LEADERBOARD.md reports. */
export const worlds: readonly World[] = [
  plan('all equal', { abilities: new Array(10).fill(0) }),
  plan('all equal, few items', { abilities: new Array(10).fill(0), items: 40, families: [1, 1] }),
  plan('all equal, items in passages', { abilities: new Array(10).fill(0), clusterSize: 8, items: 240 }),
  plan('all equal and able (92 %)', { abilities: new Array(10).fill(3), items: 100 }),
  plan('all equal, 30 models', { abilities: new Array(30).fill(0), items: 100, families: [2, 2] }),
  plan('two tied groups', { abilities: [0.6, 0.6, 0.6, 0.6, 0.6, 0, 0, 0, 0, 0] }),
  plan('evenly spaced', { abilities: even(10, 0.1) }),
  plan('evenly spaced, close', { abilities: even(10, 0.03) }),
  plan('pairs of near copies', { abilities: [0.5, 0.49, 0.3, 0.29, 0.1, 0.09, 0, -0.01], taste: 0 }),
  plan('two models, equal', { abilities: [0, 0] }),
  plan('items not shared, all equal', { abilities: new Array(8).fill(0), shared: false }),
  plan('items not shared, evenly spaced', { abilities: even(8, 0.1), shared: false }),
];

function plan(name: string, own: Partial<World> & Pick<World, 'abilities'>): World {
  return { name, families: [2, 3, 1], items: 200, clusterSize: 1, difficulty: 1, taste: 0.7, shared: true, ...own };
}
