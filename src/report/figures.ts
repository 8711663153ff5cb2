import type { Chart } from './charts/chart.ts';
import type { ReportInput } from './report-input.ts';
import { reportView } from './view/report-view.ts';

/** A chart of a report, drawn. */
export interface ReportFigure {
  readonly chart: Chart;
  readonly svg: string;
}

/** Every chart of a report in the order in which the view holds them; a chart that is new to the view needs no entry here. */
export async function reportFigures(input: ReportInput): Promise<readonly ReportFigure[]> {
  const found = new Map<string, ReportFigure>();
  collect(await reportView(input), found);
  return [...found.values()];
}

function collect(value: unknown, found: Map<string, ReportFigure>): void {
  if (typeof value !== 'object' || value === null) return;
  const { chart, svg } = value as Partial<ReportFigure>;
  if (chart !== undefined && typeof svg === 'string') found.set(chart.id, { chart, svg });
  else for (const part of Object.values(value)) collect(part, found);
}
