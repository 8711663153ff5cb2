import { numberOf } from '../base/measured.ts';
import type { Leaderboard } from './leaderboard.ts';
import { topPlaces } from './ranking/rank-models.ts';

type Row = readonly (string | number | null)[];

/**
 * The leaderboard as one tidy table: a row a model and ranking (`overall`, then each family), and a row for every model that is
 * in none, with the reason. Scores in κ-points.
 */
export function leaderboardRows({ models, overall, families }: Leaderboard): Row[] {
  const rankings = [
    { id: 'overall', title: 'all families', ranking: overall },
    ...families.map(({ family, title, ranking }) => ({ id: family, title, ranking })),
  ];
  const facts = new Map(models.map((model) => [model.model, model]));
  const placed = rankings.flatMap(({ id, title, ranking }) =>
    (ranking?.places ?? []).map((place): Row => {
      const { model, score, rank, best, worst, tier, letters, shrunken, top, firstUnderWeightings } = place;
      return [
        ...[id === 'overall' ? 'overall' : 'family', id, title, model],
        ...[rank, best, worst, tier, letters],
        ...(score.status === 'ok'
          ? [score.value, score.se ?? null, score.interval?.low ?? null, score.interval?.high ?? null]
          : [null, null, null, null]),
        numberOf(shrunken) ?? null,
        ...topPlaces.map((k) => top.find((entry) => entry.k === k)?.share ?? null),
        firstUnderWeightings,
        ...factsOf(facts.get(model)),
        null,
      ];
    }),
  );
  const others = models
    .filter(({ status }) => status !== 'ranked')
    .map(
      (model): Row => [
        ...['overall', 'overall', 'all families', model.model],
        ...new Array<null>(5 + 4 + 1 + topPlaces.length + 1).fill(null),
        ...factsOf(model),
        model.reasons.map(({ text }) => text).join(' '),
      ],
    );
  return [head, ...placed, ...others];
}

const head: Row = [
  ...['ranking', 'family', 'family_title', 'model', 'rank', 'rank_best', 'rank_worst', 'tier', 'letters'],
  ...['score', 'score_se', 'score_low', 'score_high', 'shrunken'],
  ...topPlaces.map((k) => `chance_top_${k}`),
  ...['first_under_weightings', 'verdict', 'confidence', 'restructuring', 'depth', 'run', 'checkpoint'],
  ...['fingerprint', 'status', 'not_ranked_because'],
];

function factsOf(model: Leaderboard['models'][number] | undefined): Row {
  if (!model) return new Array<null>(8).fill(null);
  const { verdict, run, checkpoint, fingerprint, status } = model;
  return [
    ...[verdict?.verdict ?? null, verdict?.confidence ?? null, verdict?.restructuring ?? null],
    numberOf(verdict?.D) ?? null,
    ...[run, checkpoint, fingerprint, status],
  ];
}
