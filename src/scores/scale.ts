/** How a task's number is read: which metric, where guessing lies and where perfect lies. */
export interface Scale {
  readonly metric: string;
  readonly filter: string;
  /** Expected score of guessing; null = not known, so nothing is corrected or pooled. */
  readonly chance: number | null;
  readonly max: number;
}

/**
 * Chance-corrected score κ = (s − c)/(max − c): 0 is guessing, 1 is the ceiling, below 0 is worse than guessing
 * and is kept. METHOD § 2.1.
 */
export function kappa(score: number, scale: { readonly chance: number; readonly max: number }): number {
  return (score - scale.chance) / (scale.max - scale.chance);
}
