import { clusteredMean } from '../../scores/clustered-mean.ts';
import { at, type Estimates, type Square, square } from './estimates.ts';

/** One task answered by several models on the same items. */
export interface SharedItems {
  /** `values[model][item]`, in the unit in which means are wanted. */
  readonly values: readonly ArrayLike<number>[];
  /** Cluster of each item. */
  readonly clusters: readonly string[];
  /** Largest step that one item can make, in the same unit. */
  readonly unit: number;
}

/**
 * Means of all models over shared items with their joint noise: Σ_c r_c r_cᵀ/(1 − n_c/n)/n², r_c a cluster's residual sums
 * (CR2, Bell & McCaffrey 2002). A difference of two models then has exactly the error that `clusteredMean` gives the paired
 * differences, and its degrees of freedom; where two models agree on every item it is the rule of three's.
 * Undefined where all items belong to one cluster.
 */
export function taskMoments({ values, clusters, unit }: SharedItems): Estimates | undefined {
  const n = clusters.length;
  const sizes = new Map<string, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const count = sizes.size;
  if (count < 2) return undefined;
  const means = values.map((row) => sum(row) / n);
  const covariance = clusterCovariance(values, means, clusters, sizes);
  const even = [...sizes.values()].every((size) => size === n / count);
  const noise = (pick: (item: number) => number, variance: number): { variance: number; df: number } => {
    if (variance * n * n < 1e-14 * unit ** 2)
      return { variance: ((3 * unit) / (1.96 * count)) ** 2, df: Number.POSITIVE_INFINITY };
    if (even) return { variance, df: count - 1 };
    const items = clusters.map((cluster, item) => ({ cluster, value: pick(item) }));
    const { se, df } = clusteredMean(items, unit);
    return { variance: se ** 2, df };
  };
  const own = values.map((row, model) => noise((item) => row[item] ?? 0, at(covariance, model, model)));
  const pairs = square(values.length, () => 0).map((row, a) =>
    row.map((_, b) => {
      if (b >= a) return { variance: 0, df: Number.POSITIVE_INFINITY };
      const spread = at(covariance, a, a) + at(covariance, b, b) - 2 * at(covariance, a, b);
      return noise((item) => (values[a]?.[item] ?? 0) - (values[b]?.[item] ?? 0), spread);
    }),
  );
  const mirrored = (key: 'variance' | 'df'): number[][] =>
    square(values.length, (a, b) => pairs[Math.max(a, b)]?.[Math.min(a, b)]?.[key] ?? 0);
  return {
    values: means,
    covariance,
    variances: own.map(({ variance }) => variance),
    dfs: own.map(({ df }) => df),
    pairVariances: mirrored('variance'),
    pairDfs: mirrored('df'),
    shared: true,
  };
}

/** Models whose items are not shared, each with its own value and squared error: differences are taken as unpaired. */
export function separateMoments(
  own: readonly { readonly value: number; readonly variance: number; readonly df: number }[],
): Estimates {
  const pair = (a: number, b: number) => {
    const [first, second] = [own[a], own[b]];
    if (a === b || !first || !second) return { variance: 0, df: Number.POSITIVE_INFINITY };
    const uncertain = first.variance ** 2 / first.df + second.variance ** 2 / second.df;
    const variance = first.variance + second.variance;
    return { variance, df: uncertain === 0 ? Number.POSITIVE_INFINITY : variance ** 2 / uncertain };
  };
  return {
    values: own.map(({ value }) => value),
    covariance: square(own.length, (a, b) => (a === b ? (own[a]?.variance ?? 0) : 0)),
    variances: own.map(({ variance }) => variance),
    dfs: own.map(({ df }) => df),
    pairVariances: square(own.length, (a, b) => pair(a, b).variance),
    pairDfs: square(own.length, (a, b) => pair(a, b).df),
    shared: false,
  };
}

function clusterCovariance(
  values: SharedItems['values'],
  means: readonly number[],
  clusters: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Square {
  const n = clusters.length;
  const models = values.length;
  const names = [...sizes.keys()];
  const place = new Map(names.map((name, index) => [name, index]));
  const residuals = new Float64Array(names.length * models);
  for (const [item, cluster] of clusters.entries()) {
    const start = (place.get(cluster) ?? 0) * models;
    for (let model = 0; model < models; model++)
      residuals[start + model] = (residuals[start + model] ?? 0) + (values[model]?.[item] ?? 0) - (means[model] ?? 0);
  }
  const total = square(models, () => 0);
  for (const [index, name] of names.entries()) {
    const start = index * models;
    const weight = 1 / (1 - (sizes.get(name) ?? 0) / n) / n ** 2;
    for (let a = 0; a < models; a++) {
      const row = total[a] as number[];
      const left = weight * (residuals[start + a] ?? 0);
      for (let b = 0; b <= a; b++) row[b] = (row[b] ?? 0) + left * (residuals[start + b] ?? 0);
    }
  }
  return square(models, (a, b) => at(total, Math.max(a, b), Math.min(a, b)));
}

function sum(row: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < row.length; index++) total += row[index] ?? 0;
  return total;
}
