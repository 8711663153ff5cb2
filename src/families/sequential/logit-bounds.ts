import type { Bounds } from '../../scores/sequential/confidence-sequence.ts';

/** Scores are kept this far from 0 and 1, where log-odds are not defined. */
const edge = 1e-3;
const steps = 200;

/**
 * Bounds of logit(b + d) − logit(b) where the base's score b and the difference d lie in their own bounds (proportions):
 * the margin of one scale mapped to the other at every base score that is still possible.
 */
export function logitBounds(base: Bounds, difference: Bounds): Bounds {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let step = 0; step <= steps; step++) {
    const score = base.low + ((base.high - base.low) * step) / steps;
    low = Math.min(low, logit(score + difference.low) - logit(score));
    high = Math.max(high, logit(score + difference.high) - logit(score));
  }
  return { low, high };
}

/** Natural log-odds of a score, kept away from 0 and 1. */
export function logit(score: number): number {
  const inside = Math.min(1 - edge, Math.max(edge, score));
  return Math.log(inside / (1 - inside));
}
