import type { Chart } from '../charts/chart.ts';
import { csvLink } from '../charts/csv-link.ts';
import { draw } from '../charts/draw.ts';
import { plain, type TableView, table } from './cell.ts';

/** A drawn chart with the table that says the same in numbers, and both as a file. */
export interface FigureView {
  /** What was drawn, for `skiagram chart`. */
  readonly chart: Chart;
  readonly id: string;
  readonly title: string;
  /** Name of the scroll region, unique in the report. */
  readonly label: string;
  readonly caption: string;
  readonly svg: string;
  readonly data: TableView;
  /** data: address of the numbers as CSV. */
  readonly csv: string;
  /** Long tables stay folded in print; the numbers are in the JSON report. */
  readonly long: boolean;
}

/** Draws a chart, `scope` saying of what; undefined stays undefined, because a chart without data is left out. */
export async function figure(chart: Chart | undefined, scope = ''): Promise<FigureView | undefined> {
  if (!chart) return undefined;
  const { id, title, caption, table: data } = chart;
  const of = scope === '' ? '' : `, ${scope}`;
  return {
    chart,
    id,
    title,
    label: `Chart: ${title}${of}`,
    caption,
    svg: await draw(chart, `${id}-text`),
    data: table(
      `Data of the chart: ${title}${of}`,
      data.head,
      data.rows.map((row) => row.map(plain)),
    ),
    csv: csvLink(chart),
    long: data.rows.length > 24,
  };
}
