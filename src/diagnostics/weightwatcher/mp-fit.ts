import { linearDensity } from './linear-density.ts';
import { minimizeScalar } from './nelder-mead.ts';

/** Columns of WeightWatcher's mp_fit; −1 in each where nothing could be fitted. */
export interface MpColumns {
  readonly num_spikes: number;
  readonly sigma_mp: number;
  readonly mp_softrank: number;
  readonly W_scale: number;
  readonly bulk_max: number;
  readonly bulk_min: number;
}

const bandwidth = 0.1;
const gridPoints = 1000;
/** Where the density is lower than this, it does not count. */
const faint = 0.01;

/**
 * Marchenko–Pastur law fitted to the bulk as WeightWatcher 0.7.7 does it: eigenvalues rescaled to mean 1, a linear kernel
 * density on 1000 points, sigma by a grid of 195 values and a simplex search from the best of them, least squares. A square
 * matrix is fitted by a quarter circle to the singular values. Spikes are eigenvalues beyond the bulk edge plus a
 * Tracy–Widom width. `N` and `M` are the sides as WeightWatcher counts them, `eigenvalues` ascending.
 */
export function mpFit(eigenvalues: Float64Array, N: number, M: number): MpColumns {
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  if (!(total > 0)) return unfitted;
  const scale = Math.sqrt(eigenvalues.length) / Math.sqrt(total);
  const scaled = eigenvalues.map((value) => scale * scale * value);
  const Q = N / M;
  const sigma = fittedSigma(scaled, Q);
  const edge = (sigma * (1 + 1 / Math.sqrt(Q))) ** 2;
  const floor = (sigma * (1 - 1 / Math.sqrt(Q))) ** 2;
  const width = Math.sqrt((edge ** (2 / 3) * M ** (-2 / 3)) / Math.sqrt(Q));
  return {
    num_spikes: scaled.reduce((count, value) => count + (value > edge + width ? 1 : 0), 0),
    sigma_mp: sigma,
    mp_softrank: edge / (scaled.at(-1) as number),
    W_scale: scale,
    bulk_max: edge / (scale * scale),
    bulk_min: floor / (scale * scale),
  };
}

const unfitted: MpColumns = { num_spikes: -1, sigma_mp: -1, mp_softrank: -1, W_scale: -1, bulk_max: -1, bulk_min: -1 };

function fittedSigma(scaled: Float64Array, Q: number): number {
  const unit = Math.sqrt((scaled.at(-1) as number) / (1 + 1 / Math.sqrt(Q)) ** 2);
  const residual = residualOf(Q === 1 ? scaled.map(Math.sqrt) : scaled, Q);
  const [start, stop, step] = [0.05 * unit, 2 * unit, 0.01 * unit];
  let best = start;
  let least = residual(start);
  for (let index = 1; index < Math.ceil((stop - start) / step); index++) {
    const value = residual(index * step + start);
    if (value >= least) continue;
    [best, least] = [index * step + start, value];
  }
  return minimizeScalar(residual, best);
}

/** Sum of squared differences between the law of this sigma and the kernel density, as a function of sigma. */
function residualOf(sample: Float64Array, Q: number): (sigma: number) => number {
  const end = (sample.at(-1) as number) + 0.5;
  const grid = Float64Array.from({ length: gridPoints }, (_, i) =>
    i === gridPoints - 1 ? end : (i * end) / (gridPoints - 1),
  );
  const density = linearDensity(sample, grid, bandwidth);
  const kept = [...density.keys()].filter((index) => (density[index] as number) > faint);
  const x = kept.map((index) => grid[index] as number);
  const y = kept.map((index) => density[index] as number);
  const peak = x[y.indexOf(Math.max(...y))] ?? 0;
  const furthest = x.at(-1) ?? 0;
  return (sigma) => {
    const low = (sigma * (1 - Math.sqrt(1 / Q))) ** 2;
    const high = (sigma * (1 + Math.sqrt(1 / Q))) ** 2;
    if (Q !== 1 && (high < peak || high > furthest || low > peak)) return y.length * 1000 ** 2;
    return y.reduce((sum, value, index) => {
      const at = x[index] as number;
      const law = Q === 1 ? quarterCircle(at, sigma) : marchenkoPastur(at, sigma, Q, low, high);
      return sum + (law - value) ** 2;
    }, 0);
  };
}

function marchenkoPastur(x: number, sigma: number, Q: number, low: number, high: number): number {
  const inside = (high - x) * (x - low);
  return x > 0 && inside > 0 ? Math.sqrt(inside) / ((2 * Math.PI * sigma * sigma * x) / Q) : 0;
}

/** Radius 2 whatever sigma is, as in WeightWatcher. */
function quarterCircle(x: number, sigma: number): number {
  return x < 2 ? Math.sqrt(4 - x * x) / (Math.PI * sigma * sigma) : 0;
}
