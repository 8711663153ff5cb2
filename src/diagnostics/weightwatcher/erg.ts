/** Columns of WeightWatcher's ERG = detX option. */
export interface ErgColumns {
  readonly detX_num: number;
  readonly num_ERG_spikes: number;
  readonly ERG_gap: number;
  /** First eigenvalue of that tail, as it is. */
  readonly detX_val: number;
  /** The same, rescaled: WeightWatcher swaps the two names. */
  readonly detX_val_unrescaled: number;
}

/**
 * The shortest tail whose product is below 1 once the eigenvalues are rescaled to mean 1 (the trace-log condition det X = 1);
 * all of them where no tail is. `eigenvalues` ascending; `tail` is num_pl_spikes.
 *
 * The product is a sum of logarithms here. WeightWatcher multiplies, which overflows from about 4096 eigenvalues on and
 * gives a smaller number there (2953 instead of 2996 on a Gaussian 4096×4096); below that the two agree.
 */
export function ergColumns(eigenvalues: Float64Array, tail: number): ErgColumns {
  const n = eigenvalues.length;
  const scale = n / eigenvalues.reduce((total, value) => total + value, 0);
  const { count, from } = shortestTail(eigenvalues.map((value) => value * scale));
  const value = eigenvalues[from] ?? 0;
  return {
    detX_num: count,
    num_ERG_spikes: count,
    ERG_gap: count - tail,
    detX_val: value,
    detX_val_unrescaled: value * scale,
  };
}

function shortestTail(ascending: Float64Array): { count: number; from: number } {
  const n = ascending.length;
  if (n < 2 || !((ascending[0] as number) < (ascending[n - 1] as number))) return { count: 0, from: 0 };
  let logProduct = 0;
  for (let from = n - 1; from > 0; from--) {
    logProduct += Math.log(ascending[from] as number);
    if (logProduct < 0) return { count: n - from, from };
  }
  return { count: n, from: 1 };
}
