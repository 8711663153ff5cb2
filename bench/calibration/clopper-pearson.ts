/**
 * One-sided Clopper–Pearson bounds of a rate of k in n at `level`: the rates at which k or fewer (upper), or k or more
 * (lower), come about in 1 − level of all cases. By bisection on the binomial sum, exact to 1e-9.
 */
export function upperBound(k: number, n: number, level = 0.95): number {
  return k >= n ? 1 : bisect((p) => tail(k, n, p) > 1 - level);
}

export function lowerBound(k: number, n: number, level = 0.95): number {
  return k <= 0 ? 0 : 1 - upperBound(n - k, n, level);
}

/** P(X ≤ k) for X ~ Binomial(n, p). */
function tail(k: number, n: number, p: number): number {
  if (p <= 0) return 1;
  if (p >= 1) return 0;
  let [log, sum] = [n * Math.log1p(-p), 0];
  for (let value = 0; value <= k; value++) {
    sum += Math.exp(log);
    log += Math.log(n - value) - Math.log(value + 1) + Math.log(p) - Math.log1p(-p);
  }
  return sum;
}

function bisect(below: (p: number) => boolean): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (below(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
