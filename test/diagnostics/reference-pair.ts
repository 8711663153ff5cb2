import type { PairInput } from '../../src/diagnostics/diagnostic.ts';
import { leadingRank } from '../../src/diagnostics/spectrum-sums.ts';
import { gramEigenvalues } from '../../src/spectrum/gram-eigenvalues.ts';
import { medianChange } from '../../src/spectrum/median-change.ts';
import { subspaceOverlap } from '../../src/spectrum/subspace-overlap.ts';
import { pairInput } from './inputs.ts';

/**
 * Two 4 × 6 matrices and what NumPy 2.4.6 says of them:
 *
 *   rng = np.random.default_rng(11)
 *   W0 = np.round(rng.normal(size=(4, 6)), 2); W = np.round(W0 + 0.3 * rng.normal(size=(4, 6)), 2)
 *   d, s0, s1 = (np.linalg.svd(X, compute_uv=False) for X in (W - W0, W0, W))
 *   H = lambda p: np.exp(-(p * np.log(p)).sum()); erank = lambda s: H(s / s.sum()); eigen = lambda s: H(s**2 / (s**2).sum())
 */
const W0 = Float64Array.of(
  ...[0.03, 1.36, 1.22, -0.51, -0.3, -0.53, 0.57, -0.06, 0.75, -1.85, 1.57, -0.1],
  ...[0.68, -0.14, -0.38, 0.46, 0.82, -0.2, -0.15, 0.69, -0.87, -1.51, 0.39, -0.67],
);
const W = Float64Array.of(
  ...[-0.55, 1.12, 1.08, -0.87, -0.75, -0.52, 0.84, -0.13, 0.53, -1.73, 1.79, -0.19],
  ...[0.84, 0.17, -0.44, 0.22, 0.92, -0.13, 0.18, 0.3, -1.07, -1.76, -0.13, -0.63],
);
export const fromNumpy = {
  /** d[0] / s0[0] */
  spectralRelativeChange: 0.3362167538123181,
  /** erank(d) */
  effectiveRankOfDelta: 3.5812584264747835,
  /** eigen(s1) - eigen(s0), and the same of logarithms */
  deltaEffectiveRankEigen: -0.029848300586743814,
  deltaLogEffectiveRankEigen: -0.009716611615992132,
  /** np.linalg.norm(U0[:, :3].T @ U1[:, :3])**2 / 3, U of np.linalg.svd; 3 directions hold 90 % of sum(s0**2) */
  overlapOfThree: 0.9940804814000836,
  /** np.median(np.abs(W - W0) / np.abs(W0)) */
  medianEntryChange: 0.32166666666666666,
  /** np.abs(W - W0).mean() */
  meanAbsoluteChange: 0.22666666666666668,
  /** (W * W0).sum() / norm(W) / norm(W0) */
  cosine: 0.9498618965355785,
} as const;

export const plainPair: PairInput = pairInput(W0, W, [4, 6]);
/** The same with the facts that are computed on request. */
export const extendedPair: PairInput = extended(W0, W, 4, 6);

/** A pair with the facts that are computed on request, from the engine's own functions. */
export function extended(reference: Float64Array, subject: Float64Array, rows: number, cols: number): PairInput {
  const input = pairInput(reference, subject, [rows, cols]);
  const [rank16, rank90] = [Math.min(16, rows, cols), leadingRank(input.reference.eigenvalues, 0.9)];
  const [at16 = 0, at90 = 0] = subspaceOverlap(reference, subject, rows, cols, [rank16, Math.max(1, rank90)]);
  return {
    ...input,
    extended: {
      difference: gramEigenvalues(
        subject.map((value, index) => value - (reference[index] as number)),
        rows,
        cols,
      ),
      overlap: { at16: { rank: rank16, value: at16 }, at90: { rank: rank90, value: at90 } },
      medianChange: medianChange(reference, subject),
    },
  };
}
