import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { failed, type Measured, ok, skipped } from '../base/measured.ts';
import type { MatrixDiagnostic, MatrixInput } from './diagnostic.ts';
import { truncatedNormal } from './truncated-normal.ts';

/** With fewer points in the tail the test says nothing. */
const shortestTail = 10;

/** Vuong's test of a lognormal against the power law, on the tail that the power law was fitted to. */
export const lognormalVsPowerLaw: MatrixDiagnostic = {
  scope: 'matrix',
  meta: {
    id: 'lognormal_vs_power_law',
    title: 'Lognormal against power law',
    description:
      'Whether a lognormal describes the fitted tail better than the power law: above 0 it does. The note has the two-sided p; only a small one (below 0.1) says that the data tell them apart. The power law is a limit of the lognormal, so the value is never far below 0.',
    formula:
      'Σ l_j/(s·√m), l_j = ln p_lognormal(λ_j) − ln p_powerlaw(λ_j), s their standard deviation; p = 2·Φ(−|value|)',
    unit: '',
    direction: 'lower',
    source: 'Vuong 1989; Clauset, Shalizi & Newman 2009, appendix C; the powerlaw package (normalized_ratio)',
    thresholds: [{ name: 'p', value: '0.1', provenance: 'ours, METHOD § 8.4' }],
  },
  measure: vuong,
};

/**
 * In y = ln(λ/xmin) the power law is the exponential of rate α − 1 and the lognormal a normal cut off at 0. Both densities
 * carry the same factor 1/λ, which cancels in the ratio.
 */
function vuong({ eigenvalues, fit }: MatrixInput): Measured {
  if ('failed' in fit) return failed('fit-failed', fit.failed);
  const tail = eigenvalues.subarray(eigenvalues.findIndex((value) => value >= fit.xmin));
  if (tail.length < shortestTail)
    return skipped('tail-short', `The tail has ${tail.length} eigenvalues; the test needs ${shortestTail}.`);
  const y = tail.map((value) => Math.log(value / fit.xmin));
  const rate = fit.alpha - 1;
  if (!Number.isFinite(rate)) return failed('alpha-infinite', `All ${tail.length} eigenvalues of the tail are equal.`);
  const normal = truncatedNormal(y);
  if (!normal) return ok(0, { n: tail.length, note: 'p = 1: the best lognormal is the power law itself.' });
  const ratios = y.map((value) => normal.logDensity(value) - (Math.log(rate) - rate * value));
  const mean = ratios.reduce((total, value) => total + value, 0) / tail.length;
  const spread = Math.sqrt(ratios.reduce((total, value) => total + (value - mean) ** 2, 0) / tail.length);
  if (spread === 0) return ok(0, { n: tail.length, note: 'p = 1: both describe every eigenvalue equally well.' });
  const value = (mean / spread) * Math.sqrt(tail.length);
  return ok(value, { n: tail.length, note: `p = ${(2 * normalCdf(-Math.abs(value), 0, 1)).toPrecision(3)}` });
}
