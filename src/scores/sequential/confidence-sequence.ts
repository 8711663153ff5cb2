import { Capital } from './capital.ts';

/** Spacing of the candidate means (METHOD § 6.2). */
const step = 0.001;
/** Means this near to each other are one, in proportions of the range: sums of a million values round less. */
const tolerance = 1e-11;
const grid = Float64Array.from({ length: 1 / step + 1 }, (_, index) => index * step);

/** Bounds of a mean that hold at every look together; in the unit of the values. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * Confidence sequence of the mean of bounded values by betting: at each look the candidates that neither gambler has
 * taken to 2/α. P(the mean is ever outside) ≤ α. With a finite number of rounds it is exact after the last one.
 *
 * Values may lie in any range [from, to]; they are mapped to [0, 1] for the bets and back.
 */
export class ConfidenceSequence {
  readonly #capital: Capital;
  readonly #from: number;
  readonly #width: number;

  constructor(range: { readonly from: number; readonly to: number }, total = Number.POSITIVE_INFINITY) {
    this.#from = range.from;
    this.#width = range.to - range.from;
    this.#capital = new Capital(grid, total);
  }

  /** Takes one value of each stratum. */
  add(round: readonly number[]): void {
    this.#capital.add(round.map((value) => Math.min(1, Math.max(0, (value - this.#from) / this.#width))));
  }

  get rounds(): number {
    return this.#capital.rounds;
  }

  /** True once every round of a finite population was seen: the bounds are then the mean itself. */
  get complete(): boolean {
    return this.#capital.rounds === this.#capital.total;
  }

  /** Mean so far. */
  get estimate(): number {
    const { sum, rounds } = this.#capital;
    return this.#back(rounds === 0 ? 0.5 : sum / rounds);
  }

  /** Bounds at `level`, e.g. 0.95. The true mean lies strictly between bounds that bets have set. */
  bounds(level: number): Bounds {
    const { peakAbove, peakBelow, means } = this.#capital;
    const out = 2 / (1 - level);
    let first = 0;
    while (first < means.length && (peakAbove[first] as number) >= out) first++;
    let last = means.length - 1;
    while (last >= 0 && (peakBelow[last] as number) >= out) last--;
    const certain = this.#certain();
    const low = Math.max(certain.low, first === 0 ? 0 : (means[first - 1] as number));
    const high = Math.min(certain.high, last === means.length - 1 ? 1 : (means[last + 1] as number));
    // Both gamblers won against everything, which happens in at most α of all runs: only what is certain is left.
    const kept = low <= high ? { low, high } : certain;
    return { low: this.#back(kept.low), high: this.#back(kept.high) };
  }

  /**
   * At this level, is the true mean above `mean`? Yes where every candidate up to it is out, it itself included (so a bound
   * that bets have set exactly there is enough), or where the values still to come cannot bring it down.
   */
  isAbove(mean: number, level: number): boolean {
    const place = this.#place(mean);
    if (this.#certain().low > place * step + tolerance) return true;
    return !this.complete && allOut(this.#capital.peakAbove, 0, Math.ceil(place - 1e-6), 2 / (1 - level));
  }

  /** As `isAbove`, on the other side. */
  isBelow(mean: number, level: number): boolean {
    const place = this.#place(mean);
    if (this.#certain().high < place * step - tolerance) return true;
    const last = grid.length - 1;
    return !this.complete && allOut(this.#capital.peakBelow, Math.floor(place + 1e-6), last, 2 / (1 - level));
  }

  /** E-values now of "the mean is at most `mean`" and "the mean is at least `mean`", at the nearest candidate. */
  evidence(mean: number): { readonly above: number; readonly below: number } {
    const index = Math.round(this.#place(mean));
    return { above: this.#capital.above[index] ?? 1, below: this.#capital.below[index] ?? 1 };
  }

  /** What the values still to come cannot change. */
  #certain(): Bounds {
    const { sum, rounds, total } = this.#capital;
    if (!Number.isFinite(total)) return { low: 0, high: 1 };
    return { low: sum / total, high: rounds === total ? sum / total : (sum + total - rounds) / total };
  }

  /** Place of a mean on the grid, between two candidates too. */
  #place(mean: number): number {
    return (mean - this.#from) / this.#width / step;
  }

  #back(value: number): number {
    return this.#from + value * this.#width;
  }
}

/** Were all candidates of a range taken to `out`? A range that leaves the grid says nothing. */
function allOut(peaks: Float64Array, first: number, last: number, out: number): boolean {
  if (first > last || first < 0 || last >= peaks.length) return false;
  for (let index = first; index <= last; index++) if ((peaks[index] as number) < out) return false;
  return true;
}
