/**
 * One number from the answers of all epochs to one item, as Inspect's reducers make it (inspect_ai
 * scorer/_reducer/reducer.py). Undefined where the reducer is not one of these, or has too few answers.
 *
 * pass_at_k: 1 − C(n−c, k)/C(n, k), Chen et al. 2021 (arXiv:2107.03374); pass_k: C(c, k)/C(n, k), Yao et al. 2024
 * (arXiv:2406.12045).
 */
export function reduce(values: readonly number[], reducer: string): number | undefined {
  const n = values.length;
  if (n === 0) return undefined;
  const sorted = [...values].sort((one, two) => one - two);
  const middle = [sorted[Math.floor((n - 1) / 2)], sorted[Math.floor(n / 2)]] as [number, number];
  if (reducer === 'mean') return values.reduce((sum, value) => sum + value, 0) / n;
  if (reducer === 'max') return sorted[n - 1];
  if (reducer === 'median') return (middle[0] + middle[1]) / 2;
  const counted = /^(pass_at|pass_k|at_least)_(\d{1,6})$/.exec(reducer);
  if (!counted) return undefined;
  const [kind, k] = [counted[1], Number(counted[2])];
  const right = values.filter((value) => value >= 1).length;
  if (kind === 'at_least') return right >= k ? 1 : 0;
  if (k < 1 || n < k) return undefined;
  return kind === 'pass_at' ? 1 - shareOfDraws(n - right, n, k) : shareOfDraws(right, n, k);
}

/** How several answers to one item became one score, in the words of `RawTask.protocol`; null for one answer. */
export function protocolOf(reducers: readonly string[], epochs: number): string | null {
  if (epochs === 1) return null;
  return reducers.map((reducer) => worded(reducer, epochs)).join(', ');
}

function worded(reducer: string, epochs: number): string {
  const counted = /^(pass_at|pass_k|at_least)_(\d+)$/.exec(reducer);
  if (!counted) return `${reducer} of ${epochs} epochs`;
  const [kind, k] = [counted[1], counted[2]];
  if (kind === 'at_least') return `at least ${k} of ${epochs} epochs`;
  return `${kind === 'pass_at' ? 'pass@' : 'pass^'}${k}${Number(k) === epochs ? '' : ` of ${epochs} epochs`}`;
}

/** C(part, k)/C(whole, k): the chance that k draws without return all come from the part. */
function shareOfDraws(part: number, whole: number, k: number): number {
  let share = 1;
  for (let drawn = 0; drawn < k; drawn++) share *= Math.max(part - drawn, 0) / (whole - drawn);
  return share;
}
