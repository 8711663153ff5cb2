import { decimal, signed } from '../../base/format.ts';
import { type Chart, colour } from '../../report/charts/chart.ts';
import type { HistoryLine } from '../history.ts';

/** Builds beyond this many before the newest are left out of the drawing. */
const mostBuilds = 60;

/**
 * Small lines: the score of each model over the builds that count the same tasks, settings and items as the newest.
 * Undefined where there is no such earlier build, or none of the models is in one.
 */
export function historyChart(id: string, models: readonly string[], lines: readonly HistoryLine[]): Chart | undefined {
  const newest = lines.at(-1);
  const alike = lines.filter(({ basis }) => basis === newest?.basis).slice(-mostBuilds);
  const series = models
    .map((model) => ({
      model,
      points: alike.flatMap((line, build) => {
        const entry = line.models.find((candidate) => candidate.model === model);
        return entry
          ? [
              {
                build: build + 1,
                score: entry.score,
                low: entry.score - 1.96 * entry.se,
                high: entry.score + 1.96 * entry.se,
                created: line.created,
              },
            ]
          : [];
      }),
    }))
    .filter(({ points }) => points.length > 1);
  if (series.length === 0) return undefined;
  const x = {
    field: 'build',
    type: 'quantitative' as const,
    title: null,
    scale: { domain: [1, alike.length], nice: false },
    axis: { tickMinStep: 1, format: 'd', tickCount: Math.min(alike.length, 4), grid: false },
  };
  const y = { type: 'quantitative' as const, title: null, scale: { zero: false }, axis: { tickCount: 3 } };
  return {
    id,
    title: 'Score over builds',
    caption: caption(series, alike.length, lines.length - alike.length),
    spec: {
      data: {
        values: series.flatMap(({ model, points }, place) =>
          points.map((point) => ({ ...point, key: `${String(place + 1).padStart(2, '0')} ${model}` })),
        ),
      },
      facet: { field: 'key', type: 'nominal', header: { labelLimit: 150, labelAnchor: 'start' } },
      columns: Math.min(3, series.length),
      spacing: 18,
      spec: {
        width: series.length === 1 ? 460 : 140,
        height: series.length === 1 ? 140 : 50,
        layer: [
          {
            mark: { type: 'area', opacity: 0.2, color: colour.coverage },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
          },
          {
            mark: { type: 'line', color: colour.coverage, strokeWidth: 1.8 },
            encoding: { x, y: { ...y, field: 'score' } },
          },
          {
            mark: { type: 'point', filled: true, size: 26, opacity: 1, color: colour.coverage },
            encoding: { x, y: { ...y, field: 'score' } },
          },
        ],
      },
      resolve: { scale: { y: 'independent' } },
    } as unknown as Chart['spec'],
    table: {
      head: ['Model', 'Build', 'Runs of', 'Score, κ-points'],
      rows: series.flatMap(({ model, points }) =>
        points.map(({ build, created, score, low, high }) => [
          model,
          String(build),
          created.slice(0, 10),
          `${decimal(score)} [${decimal(low)}, ${decimal(high)}]`,
        ]),
      ),
    },
    csv: {
      head: ['model', 'build', 'runs_of', 'score', 'score_low', 'score_high'],
      rows: series.flatMap(({ model, points }) =>
        points.map(({ build, created, score, low, high }) => [model, build, created, score, low, high]),
      ),
    },
  };
}

function caption(
  series: readonly { readonly model: string; readonly points: readonly { readonly score: number }[] }[],
  builds: number,
  others: number,
): string {
  const moves = series
    .map(({ model, points }) => ({ model, change: (points.at(-1)?.score ?? 0) - (points[0]?.score ?? 0) }))
    .sort((one, two) => Math.abs(two.change) - Math.abs(one.change));
  const most = moves[0];
  const moved =
    most === undefined || Math.abs(most.change) < 0.05
      ? 'No score moved.'
      : `${most.model} moved most, by ${signed(most.change)} κ-points since its first build.`;
  const left =
    others > 0
      ? ` ${others === 1 ? 'One build that counts' : `${others} builds that count`} other tasks, settings or items ${others === 1 ? 'is' : 'are'} not drawn.`
      : '';
  return `${moved} ${builds} builds on the same tasks and items; bands are 95 % intervals. Each line has a scale of its own.${left}`;
}
