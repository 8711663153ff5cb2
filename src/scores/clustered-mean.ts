/** Values of items with the cluster each belongs to. */
export interface ClusteredValue {
  readonly value: number;
  readonly cluster: string;
}

/** Mean of item values with a standard error that lets items of one cluster move together. */
export interface ClusteredMean {
  readonly mean: number;
  readonly se: number;
  readonly n: number;
  readonly clusters: number;
}

/**
 * Mean and cluster-robust standard error, v = G/(G−1) · Σ_c (Σ_{i∈c} (x_i − x̄))² / n²
 * (Miller 2024, arXiv 2411.00640). With singleton clusters it is the usual s/√n.
 *
 * When all items agree, or gains and losses cancel within every cluster, the sample variance is 0 and says nothing; the
 * rule of three bounds what n agreeing
 * items leave open, so the standard error is floored at (3/n)/1.96 times `unit`, the largest step one item can make.
 * A single cluster has no standard error: Infinity is returned and the caller must not report it.
 */
export function clusteredMean(items: readonly ClusteredValue[], unit = 1): ClusteredMean {
  const n = items.length;
  const mean = items.reduce((sum, item) => sum + item.value, 0) / n;
  const residuals = new Map<string, number>();
  for (const item of items) residuals.set(item.cluster, (residuals.get(item.cluster) ?? 0) + (item.value - mean));
  const clusters = residuals.size;
  if (clusters < 2) return { mean, se: Number.POSITIVE_INFINITY, n, clusters };
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual * residual, 0);
  const agreeing = squares < 1e-18 || items.every((item) => item.value === items[0]?.value);
  const se = agreeing ? (3 * unit) / (1.96 * clusters) : Math.sqrt((clusters / (clusters - 1)) * squares) / n;
  return { mean, se, n, clusters };
}
