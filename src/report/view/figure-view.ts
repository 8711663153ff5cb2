import type { Chart } from '../charts/chart.ts';
import { draw } from '../charts/draw.ts';
import { plain, type TableView, table } from './cell.ts';

/** A drawn chart with the table that says the same in numbers. */
export interface FigureView {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  readonly svg: string;
  readonly data: TableView;
  /** Long tables stay folded in print; the numbers are in the JSON report. */
  readonly long: boolean;
}

/** Draws a chart; undefined stays undefined, because a chart without data is left out. */
export async function figure(chart: Chart | undefined): Promise<FigureView | undefined> {
  if (!chart) return undefined;
  const { id, title, caption, table: data } = chart;
  return {
    id,
    title,
    caption,
    svg: await draw(chart),
    data: table(
      `Data of the chart: ${title}`,
      data.head,
      data.rows.map((row) => row.map(plain)),
    ),
    long: data.rows.length > 24,
  };
}
