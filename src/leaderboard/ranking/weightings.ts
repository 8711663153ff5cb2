import type { RandomStream } from '../../base/random.ts';
import { topShares } from './top-places.ts';

/**
 * Share of family weightings under which each model is first: weights drawn evenly over all that sum to 1 (Dirichlet(1)),
 * scores taken as they are. Says how much a first place rests on counting all families alike, not how sure it is.
 * With families scored (10, 0) and (0, 5) the first model leads under 2 of 3 weightings.
 *
 * @param families `families[family][model]`, κ-points
 */
export function firstUnderWeightings(
  families: readonly (readonly number[])[],
  draws: number,
  random: RandomStream,
): number[] {
  const models = families[0]?.length ?? 0;
  function* rows(): Generator<number[]> {
    for (let draw = 0; draw < draws; draw++) {
      const raw = families.map(() => -Math.log(1 - random.uniform()));
      const total = raw.reduce((sum, weight) => sum + weight, 0);
      yield Array.from({ length: models }, (_, model) =>
        families.reduce((sum, scores, family) => sum + ((raw[family] ?? 0) / total) * (scores[model] ?? 0), 0),
      );
    }
  }
  return topShares(rows(), models, [1])[0] ?? [];
}
