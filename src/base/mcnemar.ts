/**
 * Exact two-sided McNemar p of paired 0/1 answers: `gained` items turned right, `lost` turned wrong; under no effect
 * each of them is a fair coin. `exactMcNemar(3, 0)` is 0.25.
 */
export function exactMcNemar(gained: number, lost: number): number {
  const n = gained + lost;
  let term = n * Math.log(0.5);
  let tail = Math.exp(term);
  for (let k = 1; k <= Math.min(gained, lost); k++) {
    term += Math.log((n - k + 1) / k);
    tail += Math.exp(term);
  }
  return Math.min(1, 2 * tail);
}
