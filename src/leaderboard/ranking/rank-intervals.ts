import type { OrderedPair } from './pair-tests.ts';

/** Where one model may stand. */
export interface RankInterval {
  /** 1 + the number of models that score higher; equal scores share the better rank. */
  readonly rank: number;
  /** Best and worst rank that the tests leave open. */
  readonly best: number;
  readonly worst: number;
  /** Models whose best rank is equal share a tier; 1 is the top. */
  readonly tier: number;
}

/**
 * Simultaneous rank intervals (Mogstad et al. 2024): best = 1 + #{models shown to be better}, worst = K − #{models shown to
 * be worse}. With tests that keep the chance of any false claim at 5 % all intervals hold all true ranks at once in 95 % of
 * data sets. With scores 3, 2, 1 and only 3 > 1 shown, they are 1–2, 1–3 and 2–3.
 */
export function rankIntervals(values: readonly number[], pairs: readonly OrderedPair[], level: number): RankInterval[] {
  const claimed = pairs.filter(({ p }) => p <= level);
  const intervals = values.map((value, model) => ({
    rank: 1 + values.filter((other) => other > value + 1e-9).length,
    best: 1 + claimed.filter(({ worse }) => worse === model).length,
    worst: values.length - claimed.filter(({ better }) => better === model).length,
  }));
  const tiers = [...new Set(intervals.map(({ best }) => best))].sort((a, b) => a - b);
  return intervals.map((interval) => ({ ...interval, tier: 1 + tiers.indexOf(interval.best) }));
}
