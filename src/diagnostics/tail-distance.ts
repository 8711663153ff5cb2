/** Tails of at most this many points are measured point by point: a search would cost more. */
const shortTail = 12;
/** Where the logarithms could be off by more than this, distances are measured point by point. */
const largestSlack = 1e-6;

/**
 * Distances of a spectrum's tails to their fitted curves, max over k of |1 − (x_{i+k}/x_i)^(1−alpha) − k/m|: the
 * empirical distribution is k/m, one-sided, as in WeightWatcher. `x` ascending and positive, `logs` their natural logarithms.
 *
 * Both curves rise along the tail, so between two points a < b their gap is at most max(F(b) − E(a+1), E(b−1) − F(a)).
 * Stretches that cannot hold the maximum are skipped on that bound, which takes some tens of points where a scan takes all m.
 * The search runs on exponentials of differences of logarithms; the reported maximum is always a power of the ratio itself,
 * and every comparison leaves room for the largest difference between the two, so the result equals that of the scan.
 */
export class TailDistances {
  private readonly x: Float64Array;
  private readonly logs: Float64Array;
  private readonly largestLog: number;
  /** Where the last tail was too far away; most likely its neighbour is too. */
  private suspect: number;
  // Stretches still to be searched: both ends, and the fitted curve there.
  private readonly froms = new Int32Array(128);
  private readonly tos = new Int32Array(128);
  private readonly fitFroms = new Float64Array(128);
  private readonly fitTos = new Float64Array(128);

  constructor(x: Float64Array, logs: Float64Array) {
    this.x = x;
    this.logs = logs;
    this.largestLog = Math.max(Math.abs(logs[0] ?? 0), Math.abs(logs.at(-1) ?? 0));
    this.suspect = x.length - 1;
  }

  /** Distance of the tail that starts at `index`, or undefined where it is larger than `bound`. */
  within(bound: number, index: number, alpha: number): number | undefined {
    // |exp((1−α)(ln x − ln xmin)) − (x/xmin)^(1−α)|: rounding of both logarithms, of their difference and of the ratio.
    const slack = 8 * Number.EPSILON * (1 + (alpha - 1) * (1 + this.largestLog));
    const tail = this.x.length - index;
    const overflows = (this.x.at(-1) as number) / (this.x[index] as number) === Number.POSITIVE_INFINITY;
    return tail <= shortTail || overflows || !(slack < largestSlack)
      ? this.scanned(bound, index, alpha)
      : this.searched(bound, index, alpha, slack);
  }

  private scanned(bound: number, index: number, alpha: number): number | undefined {
    const n = this.x.length;
    if (this.suspect > index && this.gap(index, this.suspect, alpha) > bound) return undefined;
    let distance = 0;
    for (let j = n - 1; j > index; j--) {
      const gap = this.gap(index, j, alpha);
      if (gap > bound) {
        this.suspect = j;
        return undefined;
      }
      if (gap > distance) distance = gap;
    }
    return distance;
  }

  private searched(bound: number, index: number, alpha: number, slack: number): number | undefined {
    const { logs } = this;
    const tail = logs.length - index;
    const start = logs[index] as number;
    const rate = 1 - alpha;
    const fitted = (j: number): number => 1 - Math.exp(rate * ((logs[j] as number) - start));
    let distance = 0;
    /** Takes a point into account; false where it is certainly too far away. */
    const near = (j: number, fit: number): boolean => {
      const rough = Math.abs(fit - (j - index) / tail);
      if (rough - slack > bound) {
        this.suspect = j;
        return false;
      }
      if (rough + slack >= distance) distance = Math.max(distance, this.gap(index, j, alpha));
      return true;
    };
    if (this.suspect > index && !near(this.suspect, fitted(this.suspect))) return undefined;

    const last = logs.length - 1;
    const end = fitted(last);
    if (!near(last, end)) return undefined;
    let depth = this.push(0, index, last, 0, end);
    while (depth > 0) {
      depth--;
      const from = this.froms[depth] as number;
      const to = this.tos[depth] as number;
      const fitFrom = this.fitFroms[depth] as number;
      const fitTo = this.fitTos[depth] as number;
      const above = fitTo - (from + 1 - index) / tail;
      const below = (to - 1 - index) / tail - fitFrom;
      if (Math.max(above, below) + 2 * slack < distance) continue;
      const middle = (from + to) >> 1;
      const fit = fitted(middle);
      if (!near(middle, fit)) return undefined;
      // The more promising half is searched first, that is, pushed last.
      const leftBound = Math.max(fit - (from + 1 - index) / tail, (middle - 1 - index) / tail - fitFrom);
      const rightBound = Math.max(fitTo - (middle + 1 - index) / tail, (to - 1 - index) / tail - fit);
      if (leftBound > rightBound) {
        depth = this.push(depth, middle, to, fit, fitTo);
        depth = this.push(depth, from, middle, fitFrom, fit);
      } else {
        depth = this.push(depth, from, middle, fitFrom, fit);
        depth = this.push(depth, middle, to, fit, fitTo);
      }
    }
    return distance > bound ? undefined : distance;
  }

  /** Adds a stretch that has points between its ends; gives the new height of the stack. */
  private push(depth: number, from: number, to: number, fitFrom: number, fitTo: number): number {
    if (to - from < 2) return depth;
    this.froms[depth] = from;
    this.tos[depth] = to;
    this.fitFroms[depth] = fitFrom;
    this.fitTos[depth] = fitTo;
    return depth + 1;
  }

  private gap(index: number, j: number, alpha: number): number {
    const ratio = (this.x[j] as number) / (this.x[index] as number);
    // IEEE and numpy give 1^−∞ = 1 where JavaScript gives NaN.
    const survival = ratio === 1 ? 1 : ratio ** (1 - alpha);
    return Math.abs(1 - survival - (j - index) / (this.x.length - index));
  }
}
