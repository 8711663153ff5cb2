/**
 * WeightWatcher's columns that follow from the eigenvalues alone, by its formulas (0.7.7, `apply_norm_metrics`): `norm` and
 * `spectral_norm` are squared norms; a singular value counts towards the rank above max · N · ε. `long` is N.
 */
export function compatColumns(
  eigenvalues: Float64Array,
  long: number,
  alpha: number | undefined,
): Record<string, number | string> {
  const norm = eigenvalues.reduce((sum, value) => sum + value, 0);
  const spectral = eigenvalues.at(-1) ?? 0;
  const limit = Math.sqrt(spectral) * long * Number.EPSILON;
  const rank = eigenvalues.filter((value) => Math.sqrt(value) > limit).length;
  const entropy = eigenvalues.reduce((sum, value) => {
    const p = value / norm + 1e-10;
    return sum - p * Math.log(p);
  }, 0);
  return {
    norm,
    log_norm: Math.log10(norm),
    spectral_norm: spectral,
    stable_rank: norm / spectral,
    entropy: entropy / Math.log(rank + 1e-10),
    matrix_rank: rank,
    warning: alpha === undefined || alpha < 2 ? 'over-trained' : alpha > 6 ? 'under-trained' : '',
  };
}
