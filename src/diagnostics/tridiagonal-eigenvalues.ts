/** Far more than the two or three that an eigenvalue takes. */
const mostSteps = 60;

/**
 * Eigenvalues, ascending, of the symmetric tridiagonal matrix with this diagonal and these entries beside it (one fewer).
 * Implicit QL with Wilkinson's shift, no vectors (Golub & Van Loan § 8.3); absolute error a few ε times the largest one.
 */
export function tridiagonalEigenvalues(diagonal: Float64Array, beside: Float64Array): Float64Array {
  const n = diagonal.length;
  const d = Float64Array.from(diagonal);
  const e = new Float64Array(n);
  e.set(beside);
  for (let l = 0; l < n; l++) {
    for (let step = 0; step < mostSteps; step++) {
      let m = l;
      while (m < n - 1 && !negligible(e[m] as number, d[m] as number, d[m + 1] as number)) m++;
      if (m === l) break;
      sweep(d, e, l, m);
    }
  }
  return d.sort();
}

function negligible(off: number, left: number, right: number): boolean {
  return Math.abs(off) <= Number.EPSILON * (Math.abs(left) + Math.abs(right));
}

/** One QL step on the block from l to m. */
function sweep(d: Float64Array, e: Float64Array, l: number, m: number): void {
  const off = e[l] as number;
  const half = ((d[l + 1] as number) - (d[l] as number)) / (2 * off);
  const radius = Math.sqrt(half * half + 1);
  let g = (d[m] as number) - (d[l] as number) + off / (half + (half < 0 ? -radius : radius));
  let [s, c, p] = [1, 1, 0];
  for (let i = m - 1; i >= l; i--) {
    const f = s * (e[i] as number);
    const b = c * (e[i] as number);
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      d[i + 1] = (d[i + 1] as number) - p;
      e[m] = 0;
      return;
    }
    s = f / r;
    c = g / r;
    const rest = (d[i + 1] as number) - p;
    const turn = ((d[i] as number) - rest) * s + 2 * c * b;
    p = s * turn;
    d[i + 1] = rest + p;
    g = c * turn - b;
  }
  d[l] = (d[l] as number) - p;
  e[l] = g;
  e[m] = 0;
}
