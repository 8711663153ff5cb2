import type { PowerLawFit } from './power-law.ts';
import { TailDistances } from './tail-distance.ts';

/** Eigenvalues at or below this are not fitted. WeightWatcher's EVALS_THRESH; absolute, so the fit is not scale-free. */
export const eigenvalueThreshold = 1e-5;

/** Fewer points than this take the small-sample fit (WeightWatcher's SMALL_N_CUTOFF). */
const smallSample = 20;

/** Shortest tail of the small-sample fit. */
const smallTail = 8;

/** Candidates this far apart are visited first, then the ones between them, to have a good bound early. */
const strides = [256, 64, 16, 4, 1];

/**
 * Power law fitted to a spectrum as WeightWatcher 0.7.7 does by default (`WWFit`, WEIGHTWATCHER § 1.6).
 * `eigenvalues` ascending. Equal input gives equal output up to rounding, with these exceptions:
 *
 * - fewer than 8 points: WeightWatcher's sigma there is always −1/√n (computed before alpha is known); here it is
 *   (alpha − 1)/√n as everywhere else.
 * - fewer than 20 equal points: WeightWatcher reports alpha 0, D 1 as a success; here the fit failed. With 20 or more
 *   equal points alpha is +Infinity in both.
 *
 * Every point but the largest is a candidate for xmin, unless its tail is shorter than `shortestTail`. A candidate is
 * dropped as soon as one point is known to lie further away than the best distance so far, and its own distance is searched
 * on bounds (`TailDistances`); the cost grows about as n while the winner is that of the plain n² search.
 */
export function powerLawFit(
  eigenvalues: Float64Array,
  { shortestTail = 2 }: { readonly shortestTail?: number } = {},
): PowerLawFit | { readonly failed: string } {
  const x = eigenvalues.subarray(firstAbove(eigenvalues, eigenvalueThreshold));
  if (x.length < 2)
    return {
      failed: `${x.length} of ${eigenvalues.length} eigenvalues are above ${eigenvalueThreshold}; 2 are needed.`,
    };
  const logs = x.map(Math.log);
  const alphas = tailExponents(x, logs);
  const best = closestTail(x, logs, alphas.subarray(0, Math.max(0, x.length - shortestTail + 1)));
  if (best === undefined && x.length < shortestTail)
    return { failed: `${x.length} eigenvalues are fewer than the shortest tail allowed, ${shortestTail}.` };
  if (best === undefined) return { failed: `All ${x.length} eigenvalues are equal, so no power law can be fitted.` };
  const { index, distance } = best;
  const alpha = alphas[index] as number;
  const xmin = x[index] as number;
  return {
    alpha,
    D: distance,
    sigma: (alpha - 1) / Math.sqrt(x.length - index),
    xmin,
    num_pl_spikes: x.length - firstAtLeast(x, xmin),
  };
}

/**
 * Maximum-likelihood exponent of every tail x[i..], 1 + m/Σ ln(x_j/x_i); 0 marks a tail that is no candidate.
 * The sum of tail i follows from that of tail i + 1 by adding non-negative terms only, so nothing cancels.
 */
function tailExponents(x: Float64Array, logs: Float64Array): Float64Array {
  const n = x.length;
  const small = n < smallSample;
  const alphas = new Float64Array(n - 1);
  let sum = 0;
  for (let i = n - 2; i >= 0; i--) {
    const tail = n - i;
    sum += (tail - 1) * ((logs[i + 1] as number) - (logs[i] as number));
    if (!small) alphas[i] = 1 + tail / sum;
    // Below 8 points no tail is long enough, and all of them is the only candidate.
    else if (sum > 1e-12 && (tail >= smallTail || i === 0)) alphas[i] = 1 + (tail - 1) / sum;
  }
  return alphas;
}

/** The candidate of least distance, the first one among equals; undefined where there is no candidate. */
function closestTail(
  x: Float64Array,
  logs: Float64Array,
  alphas: Float64Array,
): { index: number; distance: number } | undefined {
  const distances = new TailDistances(x, logs);
  let best: { index: number; distance: number } | undefined;
  const visit = (index: number): void => {
    const alpha = alphas[index] as number;
    if (!(alpha > 1)) return;
    const bound = best?.distance ?? Number.POSITIVE_INFINITY;
    const distance = distances.within(bound, index, alpha);
    if (distance === undefined) return;
    if (distance < bound || index < (best?.index ?? 0)) best = { index, distance };
  };
  // The last tail first: where all eigenvalues are equal it is the best, and rejects every other one by a single point.
  visit(alphas.length - 1);
  for (const [pass, stride] of strides.entries()) {
    const coarser = strides[pass - 1] ?? Number.POSITIVE_INFINITY;
    for (let i = 0; i < alphas.length; i += stride) if (i % coarser !== 0 || pass === 0) visit(i);
  }
  return best;
}

function firstAbove(ascending: Float64Array, limit: number): number {
  const index = ascending.findIndex((value) => value > limit);
  return index === -1 ? ascending.length : index;
}

function firstAtLeast(ascending: Float64Array, limit: number): number {
  return ascending.findIndex((value) => value >= limit);
}
