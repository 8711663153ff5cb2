/** How a task's number is read: which metric, where guessing lies and where perfect lies. */
export interface Scale {
  readonly metric: string;
  readonly filter: string;
  /** Expected score of guessing; null = not known, so nothing is corrected or pooled. */
  readonly chance: number | null;
  readonly max: number;
  /** How several answers become one score where `chance` is stated for that (`pass@4`); left out = for one answer. */
  readonly protocol?: string | null;
}

/** A scale whose chance level is known: the only kind whose gain can be pooled. */
export type CorrectedScale = Scale & { readonly chance: number };

/**
 * Chance-corrected score κ = (s − c)/(max − c): 0 is guessing, 1 is the ceiling, below 0 is worse than guessing
 * and is kept. METHOD § 2.1.
 */
export function kappa(score: number, scale: { readonly chance: number; readonly max: number }): number {
  return (score - scale.chance) / (scale.max - scale.chance);
}

/**
 * Where the numbers of a scale end: 1, 100, or `max` itself where the task counts in points of its own. A maximum a
 * little below 1 or 100 is a noise ceiling on that scale. `endOfScale(0.95)` is 1, `endOfScale(1000)` is 1000.
 */
export function endOfScale(max: number): number {
  if (max <= 1) return 1;
  return max > 50 && max <= 100 ? 100 : max;
}
