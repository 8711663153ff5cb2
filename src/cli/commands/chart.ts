import type { Command, Session } from '../command.ts';

/** `skiagram chart`: one chart of a report, to take along. */
export const chart: Command = {
  name: 'chart',
  summary: 'print a chart of a run: its vega-lite spec, its drawing or its numbers',
  description:
    'Prints one chart of a finished run: --spec (when nothing is said) is a vega-lite spec with its data, for vega.github.io/editor, notebooks or a paper; --svg is the drawing; --csv the table behind it. `skiagram list charts` lists their ids.',
  arguments: [{ name: '<id>', text: 'e.g. map, families-comparison-1; see `skiagram list charts`' }],
  flags: [
    { flags: '--run <dir>', text: 'run folder (default: the newest under runs/)' },
    { flags: '--spec', text: 'vega-lite, with data' },
    { flags: '--svg', text: 'the drawing' },
    { flags: '--csv', text: 'the numbers' },
  ],
  examples: [
    { line: 'skiagram chart map --run runs/tiny --spec', text: 'the map of verdicts as vega-lite' },
    { line: 'skiagram chart families-comparison-1 --run runs/tiny --csv', text: 'the numbers of a forest plot' },
  ],
  act: ([id], options, session) => printChart(String(id), options, session),
};

async function printChart(
  id: string,
  options: Readonly<Record<string, unknown>>,
  { terminal }: Session,
): Promise<number> {
  const { exitCodes, SkiagramError } = await import('../../base/error.ts');
  const wanted = (['spec', 'svg', 'csv'] as const).filter((form) => options[form] === true);
  if (wanted.length > 1)
    throw new SkiagramError({
      code: 'chart-forms',
      message: `One form at a time: received ${wanted.map((form) => `--${form}`).join(' and ')}.`,
      hint: '--json prints all three in one document.',
      exitCode: exitCodes.usage,
    });
  const { newestRun } = await import('../../pipeline/report-again.ts');
  const { chartCsv, chartOf, runCharts } = await import('../../pipeline/run-charts.ts');
  const run = typeof options.run === 'string' ? options.run : await newestRun('runs');
  const found = chartOf(await runCharts(run, terminal), id);
  if (terminal.json) terminal.printJson({ schemaVersion: '1.0', ...found });
  else if (wanted[0] === 'svg') terminal.print(found.svg.trimEnd());
  else if (wanted[0] === 'csv') terminal.print(chartCsv(found));
  else terminal.printJson(found.spec);
  return exitCodes.ok;
}
