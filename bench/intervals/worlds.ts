import type { Measured } from '../../src/base/measured.ts';
import type { RandomStream } from '../../src/base/random.ts';
import type { GainGroup } from '../../src/families/gain-table.ts';
import type { RawTask } from '../../src/harness/raw-run.ts';

/** A task as a reader hands it over, from item results and the cluster of each. */
export function taskOf(outcomes: readonly number[], clusters?: readonly string[]): RawTask {
  const value = outcomes.reduce((sum, outcome) => sum + outcome, 0) / outcomes.length;
  return {
    task: 'task',
    version: null,
    nShot: null,
    outputType: null,
    hash: null,
    n: outcomes.length,
    nOriginal: null,
    metrics: [{ metric: 'acc', filter: 'none', value, stderr: null, higherIsBetter: true }],
    samples: outcomes.map((acc, docId) => ({
      docId,
      docHash: null,
      promptHash: null,
      targetHash: null,
      cluster: clusters?.[docId] ?? null,
      filter: 'none',
      metrics: { acc },
    })),
    warnings: [],
  };
}

export const scale = { metric: 'acc', filter: 'none', chance: 0, max: 1 } as const;

export function bernoulli(p: number, random: RandomStream): number {
  return random.uniform() < p ? 1 : 0;
}

/**
 * 0/1 items in clusters: an item repeats its cluster's draw with probability √icc and is its own draw otherwise, so
 * that two items of one cluster correlate by icc and every item is right with probability p.
 */
export function clusteredItems(sizes: readonly number[], p: number, icc: number, random: RandomStream): number[] {
  const repeat = Math.sqrt(icc);
  return sizes.flatMap((size) => {
    const shared = bernoulli(p, random);
    return Array.from({ length: size }, () => (random.uniform() < repeat ? shared : bernoulli(p, random)));
  });
}

/** What one world of families is drawn from, in κ-points. */
export interface FamilyWorld {
  /** True mean gain of each family. */
  readonly means: readonly number[];
  readonly tasks: number;
  /** SD of true task gains within a family. */
  readonly scatter: number;
  /** Mean standard error of a task's gain; single ones vary by ±30 %. */
  readonly noise: number;
}

/** Task gains of a world, with the true gain of each task. */
export function familyGroups(
  { means, tasks, scatter, noise }: FamilyWorld,
  random: RandomStream,
): { readonly table: GainGroup[]; readonly truth: readonly (readonly number[])[] } {
  const truth = means.map((mean) => Array.from({ length: tasks }, () => mean + scatter * random.normal()));
  const table = truth.map((own, index) => {
    const errors = own.map(() => noise * (0.7 + 0.6 * random.uniform()));
    return {
      family: `f${index}`,
      tasks: own.map((_, task) => `f${index}-${task}`),
      gains: own.map((gain, task) => gain + (errors[task] ?? 0) * random.normal()),
      variances: errors.map((error) => error ** 2),
    };
  });
  return { table, truth };
}

/** 1 where the interval of a measured number holds the truth. */
export function covers(measured: Measured, truth: number): number {
  if (measured.status !== 'ok' || !measured.interval) throw new Error('A simulated interval is missing.');
  return measured.interval.low <= truth && truth <= measured.interval.high ? 1 : 0;
}

export function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
