import { type RandomStream, randomStream } from '../../base/random.ts';
import { criticalValue } from '../../base/student.ts';
import { at, type Estimates } from './estimates.ts';
import { jointNoise } from './joint-noise.ts';
import { compactLetters } from './letters.ts';
import { type PairTests, pairTests } from './pair-tests.ts';
import { type RankInterval, rankIntervals } from './rank-intervals.ts';
import { shrinkScores } from './shrink-scores.ts';
import { topShares } from './top-places.ts';

/** Chance that any of the rank intervals of one ranking is wrong. */
export const rankLevel = 0.05;
/** Draws behind rank intervals and top-k shares. */
export const rankDraws = 10_000;
/** Places for which the chance of reaching them is given, where there are more models than that. */
export const topPlaces: readonly number[] = [1, 3, 5, 10];

/** One model in one ranking. */
export interface RankedScore extends RankInterval {
  /** κ-points. */
  readonly value: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Compact letter display; null where it would have too many letters. */
  readonly letters: string | null;
  /** κ-points; null for fewer than three models. */
  readonly shrunken: number | null;
  readonly top: readonly { readonly k: number; readonly share: number }[];
}

/** Difference of two models, a minus b, with a simultaneous interval. */
export interface Difference {
  readonly a: number;
  readonly b: number;
  readonly value: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Adjusted p of the claim that the better-scoring of both is better. */
  readonly p: number;
  readonly better: number | null;
}

/** All models of one ranking. */
export interface Ranked {
  readonly method: PairTests['method'];
  readonly models: readonly RankedScore[];
  readonly differences: readonly Difference[];
}

/** Scores with their noise -> rank intervals, tiers, letters, shrunken scores and chances of the first places. */
export function rankModels(estimates: Estimates, seed: number, draws: number = rankDraws): Ranked {
  // Small consecutive seeds begin alike; a golden-ratio step sets them apart.
  const random = randomStream(Math.imul(seed + 1, 0x9e3779b1));
  const { values } = estimates;
  const tests = pairTests(estimates, rankLevel, draws, random);
  const intervals = rankIntervals(values, tests.pairs, rankLevel);
  const letters = compactLetters(values, tests.pairs, rankLevel);
  const shrunken = shrinkScores(estimates);
  const places = topPlaces.filter((k) => k < values.length);
  const shares = topShares(redrawn(estimates, draws, random), values.length, places);
  return {
    method: tests.method,
    models: intervals.map((interval, model): RankedScore => {
      const value = values[model] ?? 0;
      const se = Math.sqrt(estimates.variances[model] ?? 0);
      const half = criticalValue(1 - rankLevel / 2, estimates.dfs[model] ?? Number.POSITIVE_INFINITY) * se;
      return {
        ...interval,
        value,
        se,
        low: value - half,
        high: value + half,
        letters: letters?.[model] ?? null,
        shrunken: shrunken?.[model] ?? null,
        top: places.map((k, index) => ({ k, share: shares[index]?.[model] ?? 0 })),
      };
    }),
    differences: differencesOf(estimates, tests),
  };
}

/** Scores with fresh noise. A model whose items all agree shows no noise; the rule of three's is drawn in its place. */
function* redrawn(estimates: Estimates, draws: number, random: RandomStream): Generator<Float64Array> {
  const unseen = estimates.variances.map((variance, model) =>
    Math.sqrt(Math.max(0, variance - at(estimates.covariance, model, model))),
  );
  for (const noise of jointNoise(estimates, draws, random)) {
    for (const [model, value] of estimates.values.entries())
      noise[model] = (noise[model] ?? 0) + value + (unseen[model] ? (unseen[model] ?? 0) * random.normal() : 0);
    yield noise;
  }
}

function differencesOf({ values, pairVariances }: Estimates, { pairs, critical }: PairTests): Difference[] {
  return pairs
    .filter(({ better, worse, t }) => t > 0 || (t === 0 && better < worse))
    .map(({ better: a, worse: b, p }): Difference => {
      const value = (values[a] ?? 0) - (values[b] ?? 0);
      const se = Math.sqrt(at(pairVariances, a, b));
      const half = critical(a, b) * se;
      return { a, b, value, se, low: value - half, high: value + half, p, better: p <= rankLevel ? a : null };
    });
}
