/**
 * Two-sided p of Fisher's exact test: `a` of `n` against `b` of `m`. Sums the hypergeometric probabilities of all tables
 * with the same margins that are no likelier than the observed one (within 1e-7, as R and scipy do).
 *
 * `fisherExact(3, 3, 0, 3)` is 0.1.
 */
export function fisherExact(a: number, n: number, b: number, m: number): number {
  const total = a + b;
  const lowest = Math.max(0, total - m);
  const highest = Math.min(n, total);
  const weights = [0];
  for (let k = lowest; k < highest; k++)
    weights.push((weights.at(-1) ?? 0) + Math.log(((n - k) * (total - k)) / ((k + 1) * (m - total + k + 1))));
  const largest = weights.reduce((most, weight) => Math.max(most, weight), Number.NEGATIVE_INFINITY);
  const likely = weights.map((weight) => Math.exp(weight - largest));
  const sum = likely.reduce((whole, weight) => whole + weight, 0);
  const observed = (weights[a - lowest] ?? 0) + 1e-7;
  const tail = likely.reduce((part, weight, index) => ((weights[index] ?? 0) <= observed ? part + weight : part), 0);
  return Math.min(1, tail / sum);
}
