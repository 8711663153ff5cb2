import { decimal, listed } from '../../base/format.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import type { Trajectory } from '../../dossier/trajectory.ts';
import { type Chart, colour } from './chart.ts';
import { threeNumbers, threeOf } from './csv-columns.ts';

/** Runs that one chart can tell apart by shape; more are drawn in further charts. */
const runsPerChart = 4;

/** Share of α in [2, 6] over training steps, a line a run, with the limits of Table 1; none where no run has a share. */
export function alphaShareTrajectories(dossier: Dossier): Chart[] {
  const shown = (dossier.trajectories ?? []).filter(({ points }) => points.some(({ share }) => share.status === 'ok'));
  const reference = shown.find(({ condition }) => shown.some((run) => run.reference === condition));
  const others = shown.filter((run) => run !== reference);
  const size = reference ? runsPerChart - 1 : runsPerChart;
  const charts = Math.max(shown.length > 0 ? 1 : 0, Math.ceil(others.length / size));
  return Array.from({ length: charts }, (_, index) =>
    chartOf(
      [...(reference ? [reference] : []), ...others.slice(index * size, (index + 1) * size)],
      [Number(dossier.constants.share_red), Number(dossier.constants.share_green)],
      index === 0 ? '' : `-${index + 1}`,
    ),
  );
}

function chartOf(runs: readonly Trajectory[], limits: readonly [red: number, green: number], suffix: string): Chart {
  const names = runs.map(({ condition }) => condition);
  const values = runs.flatMap(({ condition, points }) =>
    points.flatMap(({ step, share }) =>
      share.status === 'ok'
        ? [
            {
              condition,
              step,
              value: share.value,
              low: share.interval?.low ?? share.value,
              high: share.interval?.high ?? share.value,
            },
          ]
        : [],
    ),
  );
  const last = Math.max(...values.map(({ step }) => step));
  const x = { field: 'step', type: 'quantitative', title: 'Training step', axis: { grid: false, tickCount: 6 } };
  const y = { field: 'value', type: 'quantitative', title: 'α in [2, 6] (%)', scale: { zero: false } };
  const hue = {
    field: 'condition',
    type: 'nominal',
    scale: {
      domain: names,
      range: [colour.coverage, colour.targeted, colour.ink, colour.muted].slice(0, names.length),
    },
  };
  const shapes = ['circle', 'triangle-up', 'square', 'diamond'].slice(0, names.length);
  return {
    id: `alpha-share-trajectory${suffix}`,
    title: `Share of α in [2, 6] over training${suffix === '' ? '' : `, further runs ${suffix.slice(1)}`}`,
    caption: captionOf(runs, limits),
    spec: {
      width: 560,
      height: 240,
      data: { values },
      layer: [
        {
          data: { values: limits.map((limit) => ({ limit, last, text: `${limit} %` })) },
          mark: { type: 'rule', color: colour.muted, strokeDash: [2, 3] },
          encoding: { y: { ...y, field: 'limit' } },
        },
        {
          data: { values: limits.map((limit) => ({ limit, last, text: `${limit} %` })) },
          mark: { type: 'text', align: 'left', dx: 6, dy: -6, color: colour.muted, fontSize: 11 },
          encoding: { x: { ...x, field: 'last' }, y: { ...y, field: 'limit' }, text: { field: 'text' } },
        },
        {
          mark: { type: 'line', strokeWidth: 2 },
          encoding: { x, y, color: hue, strokeDash: { ...hue, scale: { domain: names, range: dashes } } },
        },
        {
          mark: { type: 'rule', strokeWidth: 1, opacity: 0.6 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: hue },
        },
        {
          mark: { type: 'point', filled: true, size: 70, opacity: 1 },
          encoding: { x, y, color: hue, shape: { ...hue, scale: { domain: names, range: shapes } } },
        },
      ],
    } as Chart['spec'],
    table: {
      head: ['Run', 'Step', 'Share, %', 'Interval, %', 'Matrices'],
      rows: runs.flatMap(({ condition, points }) =>
        points.map(({ step, share }) => [
          condition,
          String(step),
          share.status === 'ok' ? decimal(share.value) : `— (${share.reason})`,
          share.status === 'ok' && share.interval
            ? `${decimal(share.interval.low)} to ${decimal(share.interval.high)}`
            : '—',
          share.status === 'ok' && share.k !== undefined ? `${share.k} of ${share.n}` : '—',
        ]),
      ),
    },
    csv: {
      head: ['run', 'step', ...threeOf('share'), 'k', 'n'],
      rows: runs.flatMap(({ condition, points }) =>
        points.map(({ step, share }) => [
          condition,
          step,
          ...threeNumbers(share),
          share.status === 'ok' ? (share.k ?? null) : null,
          share.status === 'ok' ? (share.n ?? null) : null,
        ]),
      ),
    },
  };
}

const dashes = [
  [1, 0],
  [6, 3],
  [2, 2],
  [8, 3, 2, 3],
];

function captionOf(runs: readonly Trajectory[], [red, green]: readonly [number, number]): string {
  const ends = runs.flatMap(({ condition, points }) => {
    const end = points.findLast(({ share }) => share.status === 'ok');
    return end?.share.status === 'ok' ? [`${condition} ${decimal(end.share.value)} % at step ${end.step}`] : [];
  });
  const bars = runs.some(({ points }) => points.some(({ share }) => share.status === 'ok' && share.interval));
  return `At the last checkpoint: ${listed(ends)}. Dotted lines are the limits of the paper’s colours, ${red} and ${green} %${bars ? '; bars are 95 % intervals that take matrices as independent' : ''}.`;
}
