import type { PowerLawFit } from './power-law.ts';

/** Eigenvalues at or below this are not fitted. WeightWatcher's EVALS_THRESH; absolute, so the fit is not scale-free. */
export const eigenvalueThreshold = 1e-5;

/** Fewer points than this take the small-sample fit (WeightWatcher's SMALL_N_CUTOFF). */
const smallSample = 20;

/** Shortest tail of the small-sample fit. */
const smallTail = 8;

/** Candidates visited first, to have a good bound before the rest. */
const stride = 16;

/** Room for the different rounding of exp and pow; far below any difference between two candidates that could matter. */
const slack = 1e-12;

/**
 * Power law fitted to a spectrum as WeightWatcher 0.7.7 does by default (`WWFit`, WEIGHTWATCHER § 1.6).
 * `eigenvalues` ascending. Equal input gives equal output up to rounding, with these exceptions:
 *
 * - fewer than 8 points: WeightWatcher's sigma there is always −1/√n (computed before alpha is known); here it is
 *   (alpha − 1)/√n as everywhere else.
 * - fewer than 20 equal points: WeightWatcher reports alpha 0, D 1 as a success; here the fit failed. With 20 or more
 *   equal points alpha is +Infinity in both.
 *
 * Every point but the largest is a candidate for xmin. A candidate's distance D is abandoned as soon as it is known to
 * exceed the best one so far, so the cost is far below n² while the winner is the same.
 */
export function powerLawFit(eigenvalues: Float64Array): PowerLawFit | { readonly failed: string } {
  const x = eigenvalues.subarray(firstAbove(eigenvalues, eigenvalueThreshold));
  if (x.length < 2)
    return {
      failed: `${x.length} of ${eigenvalues.length} eigenvalues are above ${eigenvalueThreshold}; 2 are needed.`,
    };
  const logs = x.map(Math.log);
  const alphas = tailExponents(x, logs);
  const best = closestTail(x, logs, alphas);
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
  let best: { index: number; distance: number } | undefined;
  const visit = (index: number): void => {
    if (!((alphas[index] as number) > 1)) return;
    const bound = best?.distance ?? Number.POSITIVE_INFINITY;
    if (exceeds(logs, index, alphas[index] as number, bound + slack)) return;
    const distance = tailDistance(x, index, alphas[index] as number);
    if (distance < bound || (distance === bound && index < (best?.index ?? 0))) best = { index, distance };
  };
  for (let i = 0; i < alphas.length; i += stride) visit(i);
  for (let i = 0; i < alphas.length; i++) if (i % stride !== 0) visit(i);
  return best;
}

/** Whether some point of the tail is further than `bound` from the fitted curve: every 16th point first, then all. */
function exceeds(logs: Float64Array, index: number, alpha: number, bound: number): boolean {
  if (bound === Number.POSITIVE_INFINITY) return false;
  const tail = logs.length - index;
  const start = logs[index] as number;
  for (const step of tail > 4 * stride ? [stride, 1] : [1])
    for (let k = 0; k < tail; k += step) {
      const rise = (logs[index + k] as number) - start;
      const survival = rise === 0 ? 1 : Math.exp((1 - alpha) * rise);
      if (Math.abs(1 - survival - k / tail) > bound) return true;
    }
  return false;
}

/** max |F_fitted − F_empirical|, the empirical one being k/m: one-sided, as in WeightWatcher. */
function tailDistance(x: Float64Array, index: number, alpha: number): number {
  const tail = x.length - index;
  const xmin = x[index] as number;
  let distance = 0;
  for (let k = 0; k < tail; k++) {
    const survival = survivalOf((x[index + k] as number) / xmin, alpha);
    distance = Math.max(distance, Math.abs(1 - survival - k / tail));
  }
  return distance;
}

/** ratio^(1 − alpha). IEEE and numpy give 1^−∞ = 1 where JavaScript gives NaN. */
function survivalOf(ratio: number, alpha: number): number {
  return ratio === 1 ? 1 : ratio ** (1 - alpha);
}

function firstAbove(ascending: Float64Array, limit: number): number {
  const index = ascending.findIndex((value) => value > limit);
  return index === -1 ? ascending.length : index;
}

function firstAtLeast(ascending: Float64Array, limit: number): number {
  return ascending.findIndex((value) => value >= limit);
}
