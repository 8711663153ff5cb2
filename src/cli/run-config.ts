import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { didYouMean } from '../base/did-you-mean.ts';
import { type ErrorInfo, exitCodes, SkiagramError } from '../base/error.ts';
import type { Paper } from '../base/paper.ts';
import { type ReportFormat, reportFormats } from '../base/report-formats.ts';
import type { Flag, Session } from './command.ts';

/** Flags of every command that works on a run folder made from a config. */
export const configFlags: readonly Flag[] = [
  { flags: '--out <dir>', text: 'run folder (default: runs/<name of the config’s folder or file>)' },
  { flags: '--resume', text: 'go on with what a stopped run left; nothing finished is done again' },
  { flags: '--fresh', text: 'throw away what an earlier run left in the folder' },
  { flags: '--python <path>', text: 'Python that has the harness (default: .venv here, then in the package)' },
  { flags: '--browser <path>', text: 'browser that prints the PDF' },
];

export const formatsFlag: Flag = {
  flags: '--format <list>',
  text: `report formats, separated by commas: ${reportFormats.join(', ')}`,
  parse: parseFormats,
};

/** Options of a run as the command line gives them. */
export interface RunFlags {
  readonly out?: string;
  readonly resume?: boolean;
  readonly fresh?: boolean;
  readonly python?: string;
  readonly browser?: string;
  readonly formats?: readonly ReportFormat[] | undefined;
  readonly paper?: Paper;
  readonly template?: string;
}

/** Loads the config, runs it and prints the verdicts; returns the exit code. */
export async function runWith(path: string | undefined, flags: RunFlags, session: Session): Promise<number> {
  const { terminal, common, signal } = session;
  const { loadConfig } = await import('../config/load.ts');
  const { progressView } = await import('./progress-view.ts');
  const { verdictLines, verdictTable } = await import('./verdict-table.ts');
  const loaded = await loadConfig(path ?? (await findConfig()));
  const config = common.offline ? { ...loaded.config, offline: true } : loaded.config;
  const { run } = await import('../pipeline/run.ts');
  const progress = progressView(terminal);
  const result = await run({
    loaded: { ...loaded, config },
    out: flags.out ?? defaultOut(loaded.file),
    progress,
    signal,
    jobs: common.jobs,
    resume: flags.resume ?? false,
    fresh: flags.fresh ?? false,
    ...(flags.python === undefined ? {} : { python: flags.python }),
    ...(flags.browser === undefined ? {} : { browser: flags.browser }),
    ...(flags.formats === undefined ? {} : { formats: flags.formats }),
    ...(flags.paper === undefined ? {} : { paper: flags.paper }),
    ...(flags.template === undefined ? {} : { template: flags.template }),
  }).finally(() => progress.close());
  if (terminal.json)
    terminal.printJson({
      schemaVersion: '1.0',
      folder: result.folder,
      reports: result.reports,
      stages: result.stages,
      verdict: result.verdict,
      exitCode: result.exitCode,
    });
  terminal.print(verdictTable(result.verdict, terminal));
  for (const line of verdictLines(result.verdict)) terminal.print(line);
  for (const stage of result.stages.filter((entry) => entry.error))
    if (stage.error) terminal.error(stageError(stage.error, `${stage.stage} of ${stage.subject}: `));
  for (const report of result.reports) terminal.wrote(report);
  return result.exitCode;
}

/** The error of a stage as it is shown, `subject` before its message. */
export function stageError({ code, message, hint, cause }: ErrorInfo, subject = ''): SkiagramError {
  return new SkiagramError({
    code,
    message: `${subject}${message}`,
    ...(hint ? { hint } : {}),
    ...(cause ? { cause } : {}),
  });
}

/** The config in this folder. Throws `config-missing`. */
export async function findConfig(): Promise<string> {
  const { defaultNames } = await import('../config/load.ts');
  const found = defaultNames.find((name) => existsSync(name));
  if (found) return found;
  throw new SkiagramError({
    code: 'config-missing',
    message: `There is no config here (looked for ${defaultNames.join(', ')}).`,
    hint: 'Run `skiagram init` to make one, or name its path.',
    exitCode: exitCodes.usage,
  });
}

/** `runs/tiny` for `examples/tiny/skiagram.yaml`, `runs/gate` for `gate.yaml`. */
export function defaultOut(file: string): string {
  const stem = basename(file).replace(/\.[^.]+$/, '');
  return join('runs', stem === 'skiagram' ? basename(dirname(file)) : stem);
}

/** `html,pdf` -> ['html', 'pdf']; throws `format-unknown` with the nearest known one. */
export function parseFormats(text: string): ReportFormat[] {
  return text.split(',').map((name) => {
    const known = reportFormats.find((format) => format === name.trim());
    if (known) return known;
    const meant = didYouMean(name.trim(), reportFormats);
    throw new SkiagramError({
      code: 'format-unknown',
      message: `"${name}" is not a report format.`,
      hint: meant
        ? `Did you mean "${meant}"? Known: ${reportFormats.join(', ')}.`
        : `Known: ${reportFormats.join(', ')}.`,
      exitCode: exitCodes.usage,
    });
  });
}
