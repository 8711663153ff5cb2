import type { Constants } from '../base/constants.ts';
import { fisherExact } from '../base/fisher.ts';
import { exactMcNemar } from '../base/mcnemar.ts';
import { type Measured, numberOf, ok, skipped } from '../base/measured.ts';
import { signInterval } from '../base/sign-interval.ts';
import { independentInterval } from '../base/wilson.ts';
import type { MatrixDiagnosis } from '../diagnostics/diagnosis.ts';
import { pairedInterval } from '../scores/paired-interval.ts';
import type { TrajectoryPoint } from './trajectory.ts';

/** One checkpoint as the comparison sees it: its share of α and the matrices that the share counts. */
export interface ShareSide {
  readonly share: Measured;
  readonly matrices: readonly MatrixDiagnosis[];
}

/** What a checkpoint and the reference's at the same step differ by; `test.q` is filled in over the run. */
export type ShareDifference = Pick<TrajectoryPoint, 'difference' | 'test' | 'alphaDifference'>;

/**
 * Share minus the reference's, points, with an interval and an exact test. Matrices that both sides fitted, matched by name
 * and shape, give McNemar's test and Tango's interval; where fewer than half of them match, counts give Fisher's and Newcombe's.
 * The tests take matrices as independent, which matrices of one model are not: they are a floor for the uncertainty.
 */
export function shareDifference(own: ShareSide, reference: ShareSide, constants: Constants): ShareDifference {
  const [a, b] = [own.share, reference.share];
  if (a.status !== 'ok' || b.status !== 'ok') {
    const missing = skipped('no-share', `The ${a.status === 'ok' ? 'reference' : 'checkpoint'} has no share of α.`);
    return { difference: missing, test: null, alphaDifference: missing };
  }
  const matched = matchedAlphas(own.matrices, reference.matrices);
  const alphaDifference =
    matched.length === 0
      ? skipped('no-matched-matrices', 'No matrix is known on both sides.')
      : signInterval(matched.map(([alpha, other]) => alpha - other));
  const value = a.value - b.value;
  const counts = countsOf(a, b);
  const fewest = Math.max(counts?.n ?? 0, counts?.m ?? 0, 1) / 2;
  if (matched.length >= fewest) {
    const inside = (alpha: number): boolean => alpha >= constants.alpha_low && alpha <= constants.alpha_high;
    const entered = matched.filter(([alpha, other]) => inside(alpha) && !inside(other)).length;
    const left = matched.filter(([alpha, other]) => !inside(alpha) && inside(other)).length;
    const n = matched.length;
    const { low, high, level, method } = pairedInterval(entered, left, n);
    // Tango's interval belongs to the matched matrices' difference; where others are counted too, it is moved along with the value.
    const moved = value - (100 * (entered - left)) / n;
    return {
      difference: ok(value, { n, interval: { low: 100 * low + moved, high: 100 * high + moved, level, method } }),
      test: {
        method: 'McNemar',
        n,
        p: exactMcNemar(entered, left),
        q: null,
        entered,
        left,
        best: bestPairing(entered - left),
      },
      alphaDifference,
    };
  }
  if (counts === undefined)
    return {
      difference: ok(value, { note: 'no test: the number of matrices is not known' }),
      test: null,
      alphaDifference,
    };
  const { k, n, j, m } = counts;
  const { low, high, level, method } = independentInterval({ share: j / m, n: m }, { share: k / n, n });
  return {
    difference: ok(value, { n, interval: { low: 100 * low, high: 100 * high, level, method } }),
    test: {
      method: 'Fisher',
      n,
      p: fisherExact(k, n, j, m),
      q: null,
      entered: null,
      left: null,
      best: n === m ? bestPairing(k - j) : null,
    },
    alphaDifference,
  };
}

/** McNemar's p if every matrix that differs went the same way. `bestPairing(3)` is 0.25. */
function bestPairing(difference: number): number {
  return exactMcNemar(Math.abs(difference), 0);
}

function countsOf(
  a: Extract<Measured, { status: 'ok' }>,
  b: Extract<Measured, { status: 'ok' }>,
): { k: number; n: number; j: number; m: number } | undefined {
  const [k, n, j, m] = [a.k, a.n, b.k, b.n];
  return k === undefined || j === undefined || !n || !m || k > n || j > m ? undefined : { k, n, j, m };
}

/** α here and in the reference, of every matrix that both fitted. */
function matchedAlphas(own: readonly MatrixDiagnosis[], reference: readonly MatrixDiagnosis[]): [number, number][] {
  const others = new Map(reference.map((matrix) => [matrix.name, matrix]));
  return own.flatMap((matrix): [number, number][] => {
    const other = others.get(matrix.name);
    const [alpha, theirs] = [numberOf(matrix.diagnostics.alpha), numberOf(other?.diagnostics.alpha)];
    const same = other !== undefined && other.rows === matrix.rows && other.cols === matrix.cols;
    return same && alpha !== undefined && theirs !== undefined ? [[alpha, theirs]] : [];
  });
}
