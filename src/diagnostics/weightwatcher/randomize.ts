import { mpFit } from './mp-fit.ts';

/** Fewer eigenvalues than this are drawn five times, for a smoother random spectrum. */
const fewEigenvalues = 100;

/** How many shuffled copies of each matrix the first random spectrum pools; the second one always has one. */
export function replicas(eigenvalues: number): number {
  return eigenvalues < fewEigenvalues ? 5 : 1;
}

/**
 * Columns of WeightWatcher's `randomize` option. `eigenvalues` of the layer, `first` of the pooled shuffled copies
 * (`max_rand_eval` and the fit of the Marchenko–Pastur law), `second` of another single shuffle (`rand_distance` and the
 * rest): all ascending. WeightWatcher shuffles with numpy's global generator, so equal numbers need an equal shuffle.
 */
export function randomColumns(
  eigenvalues: Float64Array,
  first: Float64Array,
  second: Float64Array,
  { N, M }: { readonly N: number; readonly M: number },
): Record<string, number> {
  const largest = eigenvalues.at(-1) ?? 0;
  const random = second.at(-1) ?? 0;
  const fit = mpFit(first, N, M);
  return {
    max_rand_eval: first.at(-1) ?? 0,
    rand_distance: jensenShannon(eigenvalues, second),
    ww_softrank: random / largest,
    ww_maxdist: largest - random,
    rand_num_spikes: fit.num_spikes,
    num_traps: fit.num_spikes,
    rand_sigma_mp: fit.sigma_mp,
    rand_mp_softrank: fit.mp_softrank,
    rand_W_scale: fit.W_scale,
    rand_bulk_max: fit.bulk_max,
    rand_bulk_min: fit.bulk_min,
  };
}

/**
 * Jensen–Shannon distance in nats between two ascending spectra of the same length, each as shares of its sum. The middle
 * one is the mean of the spectra themselves and not of their shares, as in WeightWatcher.
 */
export function jensenShannon(a: Float64Array, b: Float64Array): number {
  const middle = a.map((value, index) => (value + (b[index] as number)) / 2);
  // Equal spectra leave a rounding error of either sign, which WeightWatcher would print as NaN.
  return Math.sqrt(Math.max(0, (divergence(a, middle) + divergence(b, middle)) / 2));
}

/** Kullback–Leibler divergence of the shares. */
function divergence(a: Float64Array, b: Float64Array): number {
  const [totalA, totalB] = [a, b].map((values) => values.reduce((sum, value) => sum + value, 0)) as [number, number];
  return a.reduce((sum, value, index) => {
    const [p, q] = [value / totalA, (b[index] as number) / totalB];
    return p > 0 ? sum + p * Math.log(p / q) : sum;
  }, 0);
}
