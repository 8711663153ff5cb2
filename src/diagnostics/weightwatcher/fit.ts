import { eigenvalueThreshold, powerLawFit } from '../power-law-fit.ts';

/** Columns of the power-law fit as WeightWatcher prints them. */
export interface FitColumns {
  readonly alpha: number;
  readonly D: number;
  readonly sigma: number;
  readonly xmin: number;
  readonly xmax: number | null;
  readonly num_pl_spikes: number;
  readonly status: 'success' | 'failed';
  readonly warning: '' | 'over-trained' | 'under-trained';
}

/** Shortest tail of WeightWatcher's small-sample fit; with fewer points sigma is computed before alpha is known. */
const smallTail = 8;

/**
 * Fit columns of WeightWatcher 0.7.7 from ascending eigenvalues, its oddities included (WEIGHTWATCHER § 1.6): a failed fit is
 * −1 everywhere and therefore "over-trained"; an infinite alpha is a success; below 8 points sigma is −1/√n; fewer than 20
 * equal points are alpha 0, D 1.
 */
export function fitColumns(eigenvalues: Float64Array): FitColumns {
  const x = eigenvalues.filter((value) => value > eigenvalueThreshold);
  const n = x.length;
  if (n < 2) return labelled({ ...unfitted, status: 'failed' });
  const fit = powerLawFit(x);
  const xmax = x[n - 1] as number;
  const degenerate = { alpha: 0, D: 1, sigma: -1 / Math.sqrt(n), xmin: x[0] as number, num_pl_spikes: n };
  const { alpha, D, sigma, xmin } = 'failed' in fit ? degenerate : fit;
  return labelled({
    alpha,
    D,
    sigma: n < smallTail ? -1 / Math.sqrt(n) : sigma,
    xmin,
    xmax,
    num_pl_spikes: eigenvalues.reduce((count, value) => count + (value >= xmin ? 1 : 0), 0),
    status: 'success',
  });
}

const unfitted = { alpha: -1, D: -1, sigma: -1, xmin: -1, xmax: null, num_pl_spikes: -1 } as const;

function labelled(fit: Omit<FitColumns, 'warning'>): FitColumns {
  return { ...fit, warning: fit.alpha < 2 ? 'over-trained' : fit.alpha > 6 ? 'under-trained' : '' };
}
