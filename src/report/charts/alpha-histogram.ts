import { decimal } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import { type Chart, colour } from './chart.ts';
import { rounded } from './csv-columns.ts';
import { shortTitles } from './short-titles.ts';

/** Width of a bin, and the lower end of the last one, which holds everything above. */
const [binWidth, last] = [0.5, 12];
/** More checkpoints than this are drawn as shaded rows instead of bars. */
const mostBars = 9;

interface Shown {
  readonly id: string;
  readonly title: string;
  readonly base: string | null;
  readonly alphas: readonly number[];
}

/** Distribution of α over the pooled matrices of each checkpoint, with the 2 and 6 lines of the paper. */
export function alphaHistogram(dossier: Dossier): Chart | undefined {
  const measured = dossier.checkpoints
    .map((checkpoint) => ({
      id: checkpoint.id,
      base: checkpoint.base,
      alphas: checkpoint.matrixDiagnostics
        .filter((matrix) => matrix.pooled)
        .flatMap((matrix) => numberOf(matrix.diagnostics.alpha) ?? []),
    }))
    .filter((entry) => entry.alphas.length > 0);
  if (measured.length === 0) return undefined;
  const titles = shortTitles(
    measured.map(({ id }) => id),
    26,
  );
  const shown = measured.map((entry, index) => ({ ...entry, title: titles[index] ?? '' }));
  const limits = [dossier.constants.alpha_low, dossier.constants.alpha_high].map(Number);
  return {
    id: 'alpha',
    title: 'Power-law exponents α',
    caption: caption(shown),
    spec: (shown.length <= mostBars ? bars(shown, limits) : strips(shown, limits)) as Chart['spec'],
    table: {
      head: ['Checkpoint', 'Matrices fitted', 'α < 2', '2 ≤ α ≤ 6', '6 < α ≤ 10', 'α > 10', 'Median α'],
      rows: shown.map(({ id, alphas }) => [
        id,
        String(alphas.length),
        count(alphas, 0, 2),
        String(inside(alphas)),
        count(alphas, 6, 10, true),
        String(alphas.filter((alpha) => alpha > 10).length),
        decimal(middle(alphas), 2),
      ]),
    },
    csv: {
      head: ['checkpoint', 'alpha_from', 'matrices'],
      rows: shown.flatMap(({ id, alphas }) => bins(alphas).map(({ from, count: n }) => [id, rounded(from), n])),
    },
  };
}

const axis = {
  type: 'quantitative' as const,
  title: 'α',
  scale: { domain: [0, last + binWidth] },
  axis: { values: [0, 2, 4, 6, 8, 10, 12], grid: false },
};

/** A small histogram a checkpoint; a dark step is its base. */
function bars(shown: readonly Shown[], limits: readonly number[]): object {
  const rows = shown.flatMap(({ base, title, alphas }) => {
    const before = shown.find((entry) => entry.id === base);
    const [own, other] = [bins(alphas), before ? bins(before.alphas) : []];
    return [...new Set([...own, ...other].map(({ from }) => from))].map((from) => ({
      title,
      from,
      to: from + binWidth * 0.9,
      count: own.find((bin) => bin.from === from)?.count ?? 0,
      ...(before ? { before: other.find((bin) => bin.from === from)?.count ?? 0 } : {}),
    }));
  });
  const y = { type: 'quantitative' as const, title: 'matrices', axis: { tickCount: 3 } };
  return {
    data: { values: rows },
    facet: { field: 'title', type: 'nominal', sort: shown.map(({ title }) => title), title: null },
    columns: 3,
    spec: {
      width: 180,
      height: 90,
      layer: [
        {
          mark: { type: 'rect', color: colour.coverage, opacity: 0.75 },
          encoding: {
            x: { ...axis, field: 'from' },
            x2: { field: 'to' },
            y: { ...y, field: 'count' },
            y2: { datum: 0 },
          },
        },
        {
          transform: [{ filter: 'isValid(datum.before)' }],
          mark: { type: 'rule', color: colour.ink, strokeWidth: 2 },
          encoding: { x: { ...axis, field: 'from' }, x2: { field: 'to' }, y: { ...y, field: 'before' } },
        },
        {
          data: { values: limits.map((at) => ({ at })) },
          mark: { type: 'rule', color: colour.ink, strokeDash: [3, 3] },
          encoding: { x: { ...axis, field: 'at' } },
        },
      ],
    },
    spacing: { row: 28, column: 24 },
  };
}

/** A row a checkpoint, shaded by the share of its matrices in each bin. */
function strips(shown: readonly Shown[], limits: readonly number[]): object {
  const shades = ['up to 2 %', 'to 5 %', 'to 10 %', 'to 20 %', 'more'];
  const rows = shown.flatMap(({ title, alphas }) =>
    bins(alphas).map(({ from, count: n }) => {
      const share = n / alphas.length;
      return {
        title,
        from,
        to: from + binWidth,
        shade: shades[[0.02, 0.05, 0.1, 0.2, 1].findIndex((limit) => share <= limit)],
      };
    }),
  );
  const y = {
    field: 'title',
    type: 'nominal' as const,
    sort: shown.map(({ title }) => title),
    title: null,
    axis: { ticks: false, domain: false, labelColor: colour.ink, labelLimit: 180 },
  };
  return {
    width: 440,
    height: { step: 16 },
    layer: [
      {
        data: { values: rows },
        mark: { type: 'rect', stroke: colour.paper, strokeWidth: 1 },
        encoding: {
          x: { ...axis, field: 'from' },
          x2: { field: 'to' },
          y,
          fill: {
            field: 'shade',
            type: 'ordinal',
            scale: { domain: shades, range: shades.map((_, index) => `var(--heat-${index})`) },
            legend: { title: null, symbolType: 'square', symbolStrokeWidth: 0.5, symbolStrokeColor: colour.line },
          },
        },
      },
      {
        data: { values: limits.map((at) => ({ at })) },
        mark: { type: 'rule', color: colour.ink, strokeDash: [3, 3] },
        encoding: { x: { ...axis, field: 'at' } },
      },
    ],
  };
}

function caption(shown: readonly Shown[]): string {
  const shares = shown
    .map(({ id, alphas }) => ({ id, k: inside(alphas), n: alphas.length, share: inside(alphas) / alphas.length }))
    .sort((a, b) => a.share - b.share);
  const [lowest, highest] = [shares[0], shares.at(-1)];
  const of = (entry: (typeof shares)[number] | undefined): string =>
    entry ? `${entry.id} ${entry.k} of ${entry.n} (${decimal(100 * entry.share, 0)} %)` : '';
  const finding =
    shares.length === 1
      ? `${of(lowest)} of the matrices have α within [2, 6].`
      : `Matrices with α within [2, 6]: fewest in ${of(lowest)}, most in ${of(highest)}.`;
  const based = shown.some(({ base }) => shown.some(({ id }) => id === base)) && shown.length <= mostBars;
  return `${finding} Dashed lines: 2 and 6; the last bar holds 12 and above.${based ? ' Dark steps: the base of the checkpoint.' : ''} Shares depend on matrix shape: compare checkpoints of one architecture only.`;
}

function bins(alphas: readonly number[]): { from: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const alpha of alphas) {
    const from = Math.min(last, Math.max(0, Math.floor(alpha / binWidth) * binWidth));
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].map(([from, total]) => ({ from, count: total })).sort((a, b) => a.from - b.from);
}

function inside(alphas: readonly number[]): number {
  return alphas.filter((alpha) => alpha >= 2 && alpha <= 6).length;
}

function count(alphas: readonly number[], from: number, to: number, closedAbove = false): string {
  return String(
    alphas.filter((alpha) => (closedAbove ? alpha > from && alpha <= to : alpha >= from && alpha < to)).length,
  );
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
