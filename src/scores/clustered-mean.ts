/** Values of items with the cluster each belongs to. */
export interface ClusteredValue {
  readonly value: number;
  readonly cluster: string;
}

/** Mean of item values with a standard error that lets items of one cluster move together. */
export interface ClusteredMean {
  readonly mean: number;
  readonly se: number;
  /** Degrees of freedom of the t that (mean − truth)/se follows; Infinity where the error is a bound and not estimated. */
  readonly df: number;
  readonly n: number;
  readonly clusters: number;
}

/**
 * Mean and cluster-robust standard error with the bias-reduced weights CR2, v = Σ_c (Σ_{i∈c} (x_i − x̄))²/(1 − n_c/n)/n²
 * (Bell & McCaffrey 2002), and the Satterthwaite degrees of freedom of Imbens & Kolesár (2016) under exchangeable
 * items of a cluster. With clusters of one size it is G/(G−1) · Σ_c (Σ (x_i − x̄))²/n² (Miller 2024, arXiv 2411.00640)
 * on G − 1 df; with singleton clusters the usual s/√n on n − 1.
 *
 * When all items agree, or gains and losses cancel within every cluster, the sample variance is 0 and says nothing; the
 * rule of three bounds what n agreeing items leave open, so the standard error is then (3/G)/1.96 times `unit`, the
 * largest step one item can make. A single cluster has no standard error: Infinity is returned and the caller must not
 * report it.
 */
export function clusteredMean(items: readonly ClusteredValue[], unit = 1): ClusteredMean {
  const n = items.length;
  const mean = items.reduce((sum, item) => sum + item.value, 0) / n;
  const groups = clustersOf(items, mean);
  const clusters = groups.length;
  if (clusters < 2) return { mean, se: Number.POSITIVE_INFINITY, df: 0, n, clusters };
  const squares = groups.reduce((sum, { residual }) => sum + residual ** 2, 0);
  if (squares < 1e-18 || items.every((item) => item.value === items[0]?.value))
    return { mean, se: (3 * unit) / (1.96 * clusters), df: Number.POSITIVE_INFINITY, n, clusters };
  const variance = groups.reduce((sum, { size, residual }) => sum + residual ** 2 / (1 - size / n), 0) / n ** 2;
  const even = groups.every(({ size }) => size === groups[0]?.size);
  const df = even ? clusters - 1 : satterthwaite(groups, withinCorrelation(items, groups, mean), n);
  return { mean, se: Math.sqrt(variance), df, n, clusters };
}

interface Cluster {
  size: number;
  /** Σ (x_i − x̄) over its items. */
  residual: number;
}

function clustersOf(items: readonly ClusteredValue[], mean: number): Cluster[] {
  const clusters = new Map<string, Cluster>();
  for (const { value, cluster } of items) {
    const known = clusters.get(cluster);
    if (known) {
      known.size++;
      known.residual += value - mean;
    } else clusters.set(cluster, { size: 1, residual: value - mean });
  }
  return [...clusters.values()];
}

/** Correlation of two items of one cluster by analysis of variance (unbiased components), kept within 0..1. */
function withinCorrelation(items: readonly ClusteredValue[], clusters: readonly Cluster[], mean: number): number {
  const n = items.length;
  const groups = clusters.length;
  const total = items.reduce((sum, { value }) => sum + (value - mean) ** 2, 0);
  const between = clusters.reduce((sum, { size, residual }) => sum + residual ** 2 / size, 0);
  const within = (total - between) / (n - groups);
  const typical = (n - clusters.reduce((sum, { size }) => sum + size ** 2, 0) / n) / (groups - 1);
  const added = (between / (groups - 1) - within) / typical;
  return added + within > 0 ? Math.min(1, Math.max(0, added / (added + within))) : 0;
}

/**
 * (Σ_c Var u_c)² / Σ_cd Cov(u_c, u_d)² of u_c = r_c/√(1 − n_c/n), r_c a cluster's residual sum, where a cluster's sum
 * has variance q_c = n_c(1 − ρ) + n_c²ρ and clusters are independent. The double sum is expanded into single sums:
 * Cov(r_c, r_d) = δ_cd q_c − s_c q_d − s_d q_c + s_c s_d Σq with s_c = n_c/n.
 */
function satterthwaite(clusters: readonly Cluster[], rho: number, n: number): number {
  const shares = clusters.map(({ size }) => size / n);
  const own = clusters.map(({ size }) => size * (1 - rho) + size ** 2 * rho);
  const total = own.reduce((sum, q) => sum + q, 0);
  let [trace, diagonal, ss, sq, qq] = [0, 0, 0, 0, 0];
  shares.forEach((s, index) => {
    const q = own[index] as number;
    const weight = 1 / (1 - s);
    const cross = s * s * total - 2 * s * q;
    trace += weight * (q + cross);
    diagonal += weight ** 2 * ((q + cross) ** 2 - cross ** 2);
    ss += weight * s * s;
    sq += weight * s * q;
    qq += weight * q * q;
  });
  // Σ_cd w_c w_d (s_c s_d Q − s_c q_d − s_d q_c)², over all pairs, the diagonal included.
  const all = total ** 2 * ss ** 2 + 2 * ss * qq + 2 * sq ** 2 - 4 * total * ss * sq;
  return trace ** 2 / (diagonal + all);
}
