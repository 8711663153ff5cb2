import type { Paper } from '../../base/paper.ts';
import type { ReportFormat } from '../../config/config.ts';
import type { Command } from '../command.ts';
import { reportFlags } from '../report-flags.ts';
import { formatsFlag, stageError } from '../run-config.ts';

/** `skiagram report`: render a finished run again. */
export const report: Command = {
  name: 'report',
  summary: 'render the reports of a run again; nothing is recomputed',
  description:
    'Reads dossier.json, findings.json and verdict.json of a run folder and writes reports beside them: HTML, PDF, Markdown, JSON, and tables/ with CSV or Parquet. Needs no Python, no GPU and no weights.',
  arguments: [{ name: '[run]', text: 'run folder (default: the newest under runs/)' }],
  flags: [formatsFlag, ...reportFlags, { flags: '--browser <path>', text: 'browser that prints the PDF' }],
  examples: [
    { line: 'skiagram report runs/tiny --format csv,parquet', text: 'every table of the run, for other tools' },
    {
      line: 'skiagram report runs/tiny --format html,md',
      text: 'HTML and Markdown of the run made with `skiagram run examples/tiny/recorded.yaml --out runs/tiny`',
    },
  ],
  act: async ([folder], options, { terminal, signal }) => {
    const { newestRun, reportAgain } = await import('../../pipeline/report-again.ts');
    const { progressView } = await import('../progress-view.ts');
    const progress = progressView(terminal);
    const result = await reportAgain({
      folder: typeof folder === 'string' ? folder : await newestRun('runs'),
      formats: (options.format as ReportFormat[] | undefined) ?? ['html', 'md', 'json'],
      progress,
      signal,
      ...(typeof options.browser === 'string' ? { browser: options.browser } : {}),
      ...(typeof options.paper === 'string' ? { paper: options.paper as Paper } : {}),
      ...(typeof options.template === 'string' ? { template: options.template } : {}),
    }).finally(() => progress.close());
    if (terminal.json)
      terminal.printJson({
        schemaVersion: '1.0',
        reports: result.written,
        ...(result.error ? { error: result.error } : {}),
      });
    for (const path of result.written) terminal.wrote(path);
    if (result.error) terminal.error(stageError(result.error));
    return result.exitCode;
  },
};
