/** Values closer than this are the same score, κ-points. */
const same = 1e-9;

/**
 * How often each model is among the first k: for every draw the scores are ranked, and models with the same score share the
 * places they fill. Row of each k, in the order given; each row sums to k.
 */
export function topShares(scores: Iterable<ArrayLike<number>>, models: number, places: readonly number[]): number[][] {
  const shares = places.map(() => new Array<number>(models).fill(0));
  let draws = 0;
  for (const row of scores) {
    draws++;
    for (let model = 0; model < models; model++) {
      const own = row[model] ?? 0;
      let [above, beside] = [0, 0];
      for (let other = 0; other < models; other++) {
        const difference = (row[other] ?? 0) - own;
        if (difference > same) above++;
        else if (difference >= -same) beside++;
      }
      for (const [index, k] of places.entries()) {
        const share = Math.min(1, Math.max(0, (k - above) / beside));
        (shares[index] as number[])[model] = (shares[index]?.[model] ?? 0) + share;
      }
    }
  }
  return shares.map((row) => row.map((share) => share / draws));
}
