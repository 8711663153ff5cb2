import { decimal, listed, measuredText } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import { type Chart, colour } from '../../report/charts/chart.ts';
import type { Place, Ranking } from '../leaderboard.ts';
import { rankText } from '../rank-text.ts';

/** Names in a drawing are cut here; the table has them whole. */
const longestName = 26;

/**
 * Rank intervals of one ranking, the best model on top: a bar from the best to the worst rank that the tests leave open, and a
 * mark at the rank of the score itself.
 *
 * @param flagged models whose own run calls them a benchmark shadow; they get another mark
 */
export function rankChart(id: string, of: string, { places }: Ranking, flagged: ReadonlySet<string>): Chart {
  const rows = places.map((place, index) => ({
    key: String(index).padStart(3, '0'),
    name: shortened(place.model),
    rank: place.rank,
    best: place.best - 0.3,
    worst: place.worst + 0.3,
    note: `${decimal(numberOf(place.score) ?? 0)}${place.letters === null ? '' : `  ${place.letters}`}`,
    shape: flagged.has(place.model) ? 'triangle-up' : 'circle',
    colour: flagged.has(place.model) ? 'var(--alert)' : colour.coverage,
  }));
  const x = {
    type: 'quantitative' as const,
    scale: { domain: [0.5, places.length + 0.5], nice: false },
    title: 'Rank (1 = best)',
    axis: { orient: 'top' as const, format: 'd', values: ticks(places.length) },
  };
  const y = { field: 'key', type: 'nominal' as const, sort: null, title: null, axis: null };
  const text = { fontSize: 12.5, baseline: 'middle' as const };
  return {
    id,
    title: `Rank intervals, ${of}`,
    caption: caption(
      places,
      rows.some(({ shape }) => shape === 'triangle-up'),
    ),
    spec: {
      width: 380,
      height: { step: 22 },
      data: { values: rows },
      layer: [
        {
          mark: { type: 'bar', size: 9, opacity: 0.3 },
          encoding: { y, x: { ...x, field: 'best' }, x2: { field: 'worst' }, color: { field: 'colour', scale: null } },
        },
        {
          mark: { type: 'point', filled: true, size: 80, opacity: 1 },
          encoding: {
            y,
            x: { ...x, field: 'rank' },
            color: { field: 'colour', scale: null },
            shape: { field: 'shape', scale: null },
          },
        },
        {
          mark: { type: 'text', align: 'right', color: colour.ink, ...text },
          encoding: { y, x: { value: -8 }, text: { field: 'name' } },
        },
        {
          mark: { type: 'text', align: 'left', color: colour.muted, ...text },
          encoding: { y, x: { value: 388 }, text: { field: 'note' } },
        },
      ],
    } as Chart['spec'],
    table: {
      head: ['Model', 'Rank', 'Rank interval', 'Tier', 'Letters', 'Score, κ-points'],
      rows: places.map((place) => [
        place.model,
        String(place.rank),
        rankText(place),
        String(place.tier),
        place.letters ?? '—',
        measuredText(place.score),
      ]),
    },
    csv: {
      head: ['model', 'rank', 'rank_best', 'rank_worst', 'tier', 'letters', 'score', 'score_low', 'score_high'],
      rows: places.map(({ model, rank, best, worst, tier, letters, score }) => [
        ...[model, rank, best, worst, tier, letters],
        ...(score.status === 'ok'
          ? [score.value, score.interval?.low ?? null, score.interval?.high ?? null]
          : [null, null, null]),
      ]),
    },
  };
}

function caption(places: readonly Place[], shadows: boolean): string {
  const first = places.filter(({ best }) => best === 1).map(({ model }) => model);
  const lead =
    first.length === 1
      ? `${first[0]} was shown to be better than every other model.`
      : first.length > 4
        ? `${first.length} of ${places.length} models may be first.`
        : `${listed(first)} may be first.`;
  return `${lead} Bars: all ranks that the tests leave open, at once for all models with 95 % confidence; marks: rank of the score. Beside them the score and letters; models that share a letter were not shown to differ.${shadows ? ' Triangles: benchmark-shadow pattern against its own base.' : ''}`;
}

/** Names of one run differ at either end, so the middle goes. */
function shortened(name: string): string {
  const letters = [...name];
  if (letters.length <= longestName) return name;
  return `${letters.slice(0, 15).join('')}…${letters.slice(15 - longestName + 1).join('')}`;
}

/** 1, and about ten round ranks. */
function ticks(models: number): number[] {
  const step = [1, 2, 5, 10].find((size) => models / size <= 12) ?? 10;
  return [1, ...Array.from({ length: Math.floor(models / step) }, (_, index) => (index + 1) * step)].filter(
    (rank, index, all) => all.indexOf(rank) === index,
  );
}
