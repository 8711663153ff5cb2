/** Natural log-odds of a share; shares are kept half an item away from 0 and 1, where log-odds are not defined. */
export function logOdds(share: number, n: number): number {
  const inside = insideShare(share, n);
  return Math.log(inside / (1 - inside));
}

/** Slope of the log-odds at a share, 1/(p(1 − p)). */
export function logOddsSlope(share: number, n: number): number {
  const inside = insideShare(share, n);
  return 1 / (inside * (1 - inside));
}

/** The share, at least half an item away from 0 and 1. */
export function insideShare(share: number, n: number): number {
  return Math.min(1 - 0.5 / n, Math.max(0.5 / n, share));
}
