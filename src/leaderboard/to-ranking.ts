import { ok, skipped } from '../base/measured.ts';
import type { Ranking } from './leaderboard.ts';
import type { Ranked } from './ranking/rank-models.ts';

/** A ranking as the document has it: models by name, best score first, equal scores in the order named. */
export function toRanking(ranked: Ranked, names: readonly string[], firstUnderWeightings?: readonly number[]): Ranking {
  const name = (place: number): string => names[place] ?? '';
  const { method } = ranked;
  return {
    method,
    places: ranked.models
      .map((model, place) => ({ model, place }))
      .sort((one, two) => two.model.value - one.model.value)
      .map(({ model, place }) => ({
        model: name(place),
        score: ok(model.value, {
          se: model.se,
          interval: { low: model.low, high: model.high, level: 0.95, method: 'clustered t' },
        }),
        rank: model.rank,
        best: model.best,
        worst: model.worst,
        tier: model.tier,
        letters: model.letters,
        shrunken:
          model.shrunken === null
            ? skipped('too-few-models', 'Shrinkage needs at least three models.')
            : ok(model.shrunken, { note: 'empirical Bayes over the ranked models' }),
        top: model.top.map(({ k, share }) => ({ k, share })),
        firstUnderWeightings: firstUnderWeightings?.[place] ?? null,
      })),
    differences: ranked.differences.map(({ a, b, better, ...rest }) => ({
      a: name(a),
      b: name(b),
      ...rest,
      better: better === null ? null : name(better),
    })),
  };
}
