import { mean } from 'simple-statistics';
import type { FamilyTaskGain } from './family-gain.ts';

/** One family's task gains on one scale: values and sampling variances, in the same order. */
export interface GainGroup {
  readonly family: string;
  readonly tasks: readonly string[];
  readonly gains: readonly number[];
  /** Squared standard error of each gain (item noise). */
  readonly variances: readonly number[];
  /** Degrees of freedom of each standard error; left out = not estimated from few clusters. */
  readonly dfs?: readonly number[];
}

/** The two scales every asymmetry statement must hold on (METHOD § 2.1). */
export type GainScale = 'gain' | 'logit';

/** Groups task gains by family, in the order in which families first appear. Gains without a value are left out. */
export function gainTable(gains: readonly FamilyTaskGain[], scale: GainScale): GainGroup[] {
  const groups = new Map<string, { tasks: string[]; gains: number[]; variances: number[]; dfs: number[] }>();
  for (const entry of gains) {
    const measured = entry[scale];
    if (measured.status !== 'ok' || measured.se === undefined) continue;
    const group = groups.get(entry.family) ?? { tasks: [], gains: [], variances: [], dfs: [] };
    group.tasks.push(entry.task);
    group.gains.push(measured.value);
    group.variances.push(measured.se ** 2);
    group.dfs.push(entry.df ?? Number.POSITIVE_INFINITY);
    groups.set(entry.family, group);
  }
  return [...groups].map(([family, group]) => ({ family, ...group }));
}

/** Mean gain of a family with its two variances (METHOD § 2.3). */
export interface FamilyEstimate {
  readonly family: string;
  readonly tasks: number;
  readonly mean: number;
  /** Item noise only: "on these benchmarks". */
  readonly fixed: number;
  /** Satterthwaite degrees of freedom of `fixed`; Infinity where no task has few clusters. */
  readonly fixedDf: number;
  /** Item noise and scatter between tasks: "on this kind of task". Never below `fixed`. */
  readonly random: number;
}

/** Estimates of all families, and the pooled scatter of tasks around their family. */
export interface FamilyEstimates {
  readonly families: readonly FamilyEstimate[];
  /** Pooled within-family mean square of the gains; NaN when df is 0. */
  readonly taskVariance: number;
  /** ΣT − F. */
  readonly df: number;
}

/**
 * Equal-weight family means. The scatter between tasks is pooled over families, so one-task families can take part. It
 * holds item noise and true scatter, but by chance it can come out below the item noise alone; a mean on "this kind of
 * task" cannot be known better than on these tasks, so its variance is the larger of the two. docs/COVERAGE.md has the
 * operating characteristics.
 */
export function estimateFamilies(table: readonly GainGroup[]): FamilyEstimates {
  const means = table.map((group) => mean(group.gains));
  const df = table.reduce((sum, group) => sum + group.gains.length, 0) - table.length;
  const squares = table.reduce(
    (sum, group, index) => sum + group.gains.reduce((inner, gain) => inner + (gain - (means[index] ?? 0)) ** 2, 0),
    0,
  );
  const taskVariance = squares / df;
  const families = table.map((group, index) => {
    const tasks = group.gains.length;
    const noise = group.variances.reduce((sum, variance) => sum + variance, 0);
    const uncertain = group.variances.reduce(
      (sum, variance, at) => sum + variance ** 2 / (group.dfs?.[at] ?? Number.POSITIVE_INFINITY),
      0,
    );
    const fixed = noise / tasks ** 2;
    return {
      family: group.family,
      tasks,
      mean: means[index] ?? 0,
      fixed,
      fixedDf: uncertain === 0 ? Number.POSITIVE_INFINITY : noise ** 2 / uncertain,
      random: Math.max(taskVariance / tasks, fixed),
    };
  });
  return { families, taskVariance, df };
}
