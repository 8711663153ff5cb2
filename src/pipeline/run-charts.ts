import { csv } from '../base/csv.ts';
import { didYouMean } from '../base/did-you-mean.ts';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { standaloneSpec, standaloneSvg } from '../report/charts/standalone.ts';
import { type ReportFigure, reportFigures } from '../report/figures.ts';
import type { Progress } from './progress.ts';
import { readRun } from './read-run.ts';
import { reportInput } from './write-reports.ts';

/** A chart of a finished run, in the three forms in which it can be taken along. */
export interface RunChart {
  readonly id: string;
  readonly title: string;
  readonly caption: string;
  /** vega-lite, with data and colours. */
  readonly spec: object;
  readonly svg: string;
  /** Rows of the table that says the same in numbers; the first is its head. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** All charts of a finished run, in the order of the report. Throws what reading the run throws. */
export async function runCharts(run: string, progress: Pick<Progress, 'warn'>): Promise<readonly RunChart[]> {
  const { joined, facts } = await readRun(run, progress);
  const input = await reportInput(joined, facts);
  return (await reportFigures(input)).map((figure) => taken(figure, input.templates['report.css'] ?? ''));
}

/** The chart of that id. Throws `chart-unknown` with the one that was probably meant. */
export function chartOf(charts: readonly RunChart[], id: string): RunChart {
  const found = charts.find((chart) => chart.id === id);
  if (found) return found;
  const ids = charts.map((chart) => chart.id);
  const meant = didYouMean(id, ids);
  throw new SkiagramError({
    code: 'chart-unknown',
    message: `This run has no chart "${id}".`,
    hint: `${meant ? `Did you mean "${meant}"? ` : ''}${ids.length > 0 ? `It has ${ids.join(', ')}.` : 'It has none.'}`,
    exitCode: exitCodes.usage,
  });
}

/** The table of a chart as CSV. */
export function chartCsv({ rows }: RunChart): string {
  return csv(rows);
}

function taken({ chart, svg }: ReportFigure, style: string): RunChart {
  return {
    id: chart.id,
    title: chart.title,
    caption: chart.caption,
    spec: standaloneSpec(chart, style),
    svg: standaloneSvg(svg, style),
    rows: [(chart.csv ?? chart.table).head, ...(chart.csv ?? chart.table).rows],
  };
}
