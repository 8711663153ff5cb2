import { decimal } from '../../base/format.ts';
import { numberOf } from '../../base/measured.ts';
import type { Dossier } from '../../dossier/dossier.ts';
import { type Chart, colour } from './chart.ts';

const [binWidth, last] = [0.5, 12];

/** Distribution of α over the pooled matrices of each checkpoint, with the 2 and 6 lines of the paper. */
export function alphaHistogram(dossier: Dossier): Chart | undefined {
  const shown = dossier.checkpoints
    .map((checkpoint) => ({
      id: checkpoint.id,
      alphas: checkpoint.matrixDiagnostics
        .filter((matrix) => matrix.pooled)
        .flatMap((matrix) => numberOf(matrix.diagnostics.alpha) ?? []),
    }))
    .filter((entry) => entry.alphas.length > 0);
  if (shown.length === 0) return undefined;
  const bars = shown.flatMap(({ id, alphas }) => bins(alphas).map((bin) => ({ id, ...bin })));
  const x = {
    type: 'quantitative' as const,
    title: 'α (12 and above in the last bar)',
    scale: { domain: [0, last + binWidth] },
    axis: { values: [0, 2, 4, 6, 8, 10, 12], grid: false },
  };
  return {
    id: 'alpha',
    title: 'Power-law exponents',
    caption: `${shown
      .map(({ id, alphas }) => `${id}: ${inside(alphas)} of ${alphas.length} matrices have α within [2, 6]`)
      .join('; ')}. Shares depend on matrix shape: compare checkpoints of one architecture only.`,
    spec: {
      data: { values: bars },
      facet: { field: 'id', type: 'nominal', sort: shown.map((entry) => entry.id), title: null },
      columns: 3,
      spec: {
        width: 180,
        height: 90,
        layer: [
          {
            mark: { type: 'rect', color: colour.coverage, opacity: 0.85 },
            encoding: {
              x: { ...x, field: 'from' },
              x2: { field: 'to' },
              y: { field: 'count', type: 'quantitative', title: 'matrices', axis: { tickCount: 3 } },
              y2: { datum: 0 },
            },
          },
          {
            data: { values: [{ at: 2 }, { at: 6 }] },
            mark: { type: 'rule', color: colour.ink, strokeDash: [3, 3] },
            encoding: { x: { ...x, field: 'at' } },
          },
        ],
      },
      spacing: { row: 28, column: 24 },
    } as Chart['spec'],
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
  };
}

function bins(alphas: readonly number[]): { from: number; to: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const alpha of alphas) {
    const from = Math.min(last, Math.floor(alpha / binWidth) * binWidth);
    counts.set(from, (counts.get(from) ?? 0) + 1);
  }
  return [...counts].map(([from, total]) => ({ from, to: from + binWidth * 0.9, count: total }));
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
