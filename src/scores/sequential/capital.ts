/** Share of the largest bet that keeps the capital positive (c of METHOD § 6.2). */
const boldness = 0.5;
/** Capital at which a candidate is out at every level in use; its bets end there, which is a stopping rule like any. */
const enough = 1e9;

/**
 * Bets against candidate means of values in [0, 1]: for each candidate m the capital K⁺ of a gambler who bets that the
 * mean is above m, and K⁻ of one who bets that it is below. Where m is the mean, neither is expected to grow, so
 * P(K ever ≥ 1/α) ≤ α (Ville), whenever one looks and however often.
 *
 * Bets are aGRAPA, λ = (μ̂ − m)/(σ̂² + (μ̂ − m)²) within [0, c/m], from the rounds before (Waudby-Smith & Ramdas, JRSSB
 * 2024; `lambda_aKelly` of their package confseq). With a finite `total` values are drawn without replacement: m and μ̂ are
 * replaced by the mean that the rest would need, (N·m − Σ)/(N − n), and would have, (N·μ̂ − Σ)/(N − n); a candidate that
 * the rest can no longer reach is out.
 *
 * A round holds one value of each stratum, and its bet is placed before any of them is seen. Given the past they are
 * independent, and the product of 1 + λ(x_t − m) has an expectation of at most (1 + λ(mean μ_t − m))^T by the
 * inequality of the means, so the capital is one for the mean of the strata's means, with equal weights.
 */
export class Capital {
  readonly means: Float64Array;
  /** Rounds in the whole population; Infinity where values are drawn with replacement. */
  readonly total: number;
  /** Capital now: e-values of "the mean is at most m" and of "the mean is at least m". */
  readonly above: Float64Array;
  readonly below: Float64Array;
  /** Largest capital so far. */
  readonly peakAbove: Float64Array;
  readonly peakBelow: Float64Array;
  /** Rounds seen, and the sum of their means. */
  rounds = 0;
  sum = 0;
  #count = 0;
  #sum = 0;
  #squares = 0;

  constructor(means: Float64Array, total = Number.POSITIVE_INFINITY) {
    this.means = means;
    this.total = total;
    [this.above, this.below, this.peakAbove, this.peakBelow] = [ones(means), ones(means), ones(means), ones(means)];
  }

  /** Takes the next round; every value lies in [0, 1]. Throws RangeError past the last round. */
  add(round: readonly number[]): void {
    if (this.rounds >= this.total) throw new RangeError(`All ${this.total} rounds have been seen.`);
    const mean = (0.5 + this.#sum) / (1 + this.#count);
    const variance = (0.25 + this.#squares) / (1 + this.#count);
    const left = this.total - this.rounds;
    const finite = Number.isFinite(left);
    const rest = (value: number): number => (finite ? (this.total * value - this.sum) / left : value);
    const estimate = rest(mean);
    for (let index = 0; index < this.means.length; index++) {
      const needed = rest(this.means[index] as number);
      if (needed < -1e-9) out(this.above, this.peakAbove, index);
      else if (needed > 1 + 1e-9) out(this.below, this.peakBelow, index);
      // At most one of the two gamblers bets on the next round: the one whose side the estimate is on.
      else if (estimate > needed) {
        if ((this.peakAbove[index] as number) >= enough) continue;
        const edge = estimate - needed;
        const bet = Math.min(edge / (variance + edge * edge), boldness / Math.max(needed, 1e-12));
        settle(this.above, this.peakAbove, index, round, needed, bet);
      } else if (estimate < needed) {
        if ((this.peakBelow[index] as number) >= enough) continue;
        const edge = needed - estimate;
        const bet = Math.min(edge / (variance + edge * edge), boldness / Math.max(1 - needed, 1e-12));
        settle(this.below, this.peakBelow, index, round, needed, -bet);
      }
    }
    this.#learn(round);
  }

  #learn(round: readonly number[]): void {
    let sum = 0;
    for (const value of round) {
      this.#count++;
      this.#sum += value;
      this.#squares += (value - (0.5 + this.#sum) / (1 + this.#count)) ** 2;
      sum += value;
    }
    this.rounds++;
    this.sum += sum / round.length;
  }
}

/** The rest can no longer reach this candidate. */
function out(capital: Float64Array, peak: Float64Array, index: number): void {
  if ((peak[index] as number) >= enough) return;
  capital[index] = enough;
  peak[index] = enough;
}

function settle(
  capital: Float64Array,
  peak: Float64Array,
  index: number,
  round: readonly number[],
  needed: number,
  bet: number,
): void {
  let value = capital[index] as number;
  for (let item = 0; item < round.length; item++) value *= 1 + bet * ((round[item] as number) - needed);
  capital[index] = value;
  if (value > (peak[index] as number)) peak[index] = value;
}

function ones(like: Float64Array): Float64Array {
  return new Float64Array(like.length).fill(1);
}
