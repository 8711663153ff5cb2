import { holm } from '../../base/holm.ts';
import type { RandomStream } from '../../base/random.ts';
import { criticalValue, lowerTail } from '../../base/student.ts';
import { at, type Estimates } from './estimates.ts';
import { jointNoise } from './joint-noise.ts';

/** "`better` scores higher than `worse`", for one ordered pair of models. */
export interface OrderedPair {
  readonly better: number;
  readonly worse: number;
  /** Difference over its standard error. */
  readonly t: number;
  /** Adjusted for all ordered pairs: the chance of any false claim is kept when those below the level are made. */
  readonly p: number;
}

/** All ordered pairs tested together. */
export interface PairTests {
  readonly method: 'max-t' | 'holm';
  readonly pairs: readonly OrderedPair[];
  /** Half width of a simultaneous interval of a difference, in its standard errors, by pair. */
  readonly critical: (a: number, b: number) => number;
}

/**
 * Tests of "a is no better than b" for all K(K − 1) ordered pairs, which together decide every rank (Mogstad, Romano,
 * Shaikh & Wilhelm 2024, arXiv 1910.07813). One-sided hypotheses, so a claim is also right about the direction.
 *
 * - Shared items, `max-t`: step-down over the joint law of all studentised differences (Romano & Wolf 2005), drawn with
 *   Gaussian multipliers. Each t is first brought to the normal scale by its own degrees of freedom: the largest of many
 *   differences is often one whose standard error came out too small.
 * - Items not shared, `holm`: Holm over the K(K − 1) one-sided p values, which asks nothing of their dependence. Its first
 *   step is that of two-sided Holm over K(K − 1)/2 differences.
 *
 * @param level chance of any false claim, e.g. 0.05
 */
export function pairTests(estimates: Estimates, level: number, draws: number, random: RandomStream): PairTests {
  const models = estimates.values.length;
  const ordered = Array.from({ length: models * models }, (_, index) => ({
    better: Math.floor(index / models),
    worse: index % models,
  }))
    .filter(({ better, worse }) => better !== worse)
    .map((pair) => ({ ...pair, t: studentised(estimates, pair.better, pair.worse) }));
  return estimates.shared ? maxT(estimates, ordered, level, draws, random) : byHolm(estimates, ordered, level);
}

type Untested = Omit<OrderedPair, 'p'>;

/**
 * Step-down adjusted p values in one pass: from the smallest statistic to the largest, the largest drawn statistic so far is what
 * the pair has to exceed, because the pairs above it have been claimed by then.
 */
function maxT(
  estimates: Estimates,
  ordered: readonly Untested[],
  level: number,
  draws: number,
  random: RandomStream,
): PairTests {
  const noise = jointNoise(estimates, draws, random);
  const dfOf = ({ better, worse }: Untested): number => at(estimates.pairDfs, better, worse);
  const largest = new Float64Array(draws).fill(Number.NEGATIVE_INFINITY);
  const ascending = ordered
    .map((pair) => ({ pair, z: onNormalScale(pair.t, dfOf(pair)) }))
    .sort((one, two) => one.z - two.z);
  const raw = ascending.map(({ pair, z }) => {
    const { better, worse } = pair;
    const spread =
      at(estimates.covariance, better, better) +
      at(estimates.covariance, worse, worse) -
      2 * at(estimates.covariance, better, worse);
    // Models that agree on every item have no noise to draw; a normal draw of their own stands in for it.
    const root = spread > 1e-9 * at(estimates.pairVariances, better, worse) ? 1 / Math.sqrt(spread) : undefined;
    let exceeded = 0;
    for (let draw = 0; draw < draws; draw++) {
      const own = noise[draw] as Float64Array;
      const value = root === undefined ? random.normal() : root * ((own[better] ?? 0) - (own[worse] ?? 0));
      if (value > (largest[draw] ?? 0)) largest[draw] = value;
      if ((largest[draw] ?? 0) >= z) exceeded++;
    }
    return { ...pair, p: Math.min(1, aboveNoise((exceeded + 1) / (draws + 1), draws)) };
  });
  let least = 0;
  const pairs = raw.reverse().map((pair): OrderedPair => {
    least = Math.max(least, pair.p);
    return { ...pair, p: least };
  });
  // After the last pair `largest` is the maximum over all of them: the single-step statistic.
  const quantile =
    largest.sort()[
      Math.min(draws - 1, Math.ceil((1 - level + (aboveNoise(level, draws) - level)) * (draws + 1)) - 1)
    ] ?? 0;
  const share = lowerTail(quantile, Number.POSITIVE_INFINITY);
  return { method: 'max-t', pairs, critical: (a, b) => criticalValue(share, at(estimates.pairDfs, a, b)) };
}

/** A drawn probability with twice its Monte Carlo error, so that drawing cannot make a claim look surer than it is. */
function aboveNoise(share: number, draws: number): number {
  return share + 2 * Math.sqrt((share * (1 - share)) / draws);
}

/** The normal quantile of the same tail probability; a t of 3.5 on 20 degrees of freedom is a z of 3.05. */
function onNormalScale(t: number, df: number): number {
  return t > 0
    ? -criticalValue(lowerTail(-t, df), Number.POSITIVE_INFINITY)
    : criticalValue(lowerTail(t, df), Number.POSITIVE_INFINITY);
}

function byHolm(estimates: Estimates, ordered: readonly Untested[], level: number): PairTests {
  const dfOf = ({ better, worse }: Untested): number => at(estimates.pairDfs, better, worse);
  const adjusted = holm(ordered.map((pair) => lowerTail(-pair.t, dfOf(pair))));
  return {
    method: 'holm',
    pairs: ordered
      .map((pair, index): OrderedPair => ({ ...pair, p: adjusted[index] ?? 1 }))
      .sort((one, two) => two.t - one.t),
    critical: (a, b) => criticalValue(1 - level / ordered.length, at(estimates.pairDfs, a, b)),
  };
}

function studentised({ values, pairVariances }: Estimates, a: number, b: number): number {
  return ((values[a] ?? 0) - (values[b] ?? 0)) / Math.sqrt(at(pairVariances, a, b));
}
