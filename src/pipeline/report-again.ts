import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type ErrorInfo, exitCodes } from '../base/error.ts';
import type { Paper } from '../base/paper.ts';
import type { ReportFormat } from '../config/config.ts';
import type { Progress } from './progress.ts';
import { readRun, runMissing } from './read-run.ts';
import { writeReports } from './write-reports.ts';

/**
 * Renders the reports of a run from its artifacts alone. The same artifacts give the same bytes as in the live run.
 * Throws `run-missing` where the folder holds no finished join, `artifact-invalid` where a document is damaged, `artifact-newer`
 * where only a newer Skiagram can read it. A PDF that failed is returned as `error`.
 */
export async function reportAgain(options: {
  folder: string;
  formats: readonly ReportFormat[];
  progress: Progress;
  signal: AbortSignal;
  browser?: string;
  paper?: Paper;
  template?: string;
}): Promise<{ written: readonly string[]; exitCode: number; error: ErrorInfo | undefined }> {
  const { folder, joined, facts } = await readRun(options.folder, options.progress);
  const stages: { error?: ErrorInfo }[] = [];
  const context = { folder, progress: options.progress, signal: options.signal, stages: stages as [] };
  const { written, pdfFailed } = await writeReports(context, joined, options.formats, {
    ...facts,
    ...(options.browser === undefined ? {} : { browser: options.browser }),
    ...(options.paper === undefined ? {} : { paper: options.paper }),
    ...(options.template === undefined ? {} : { template: options.template }),
  });
  return { written, exitCode: pdfFailed ? exitCodes.pdf : exitCodes.ok, error: stages[0]?.error };
}

/** The run folder under `root` whose dossier is newest. Throws `run-missing`. */
export async function newestRun(root: string): Promise<string> {
  const names = await readdir(root).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => ({
      path: join(root, name),
      made: (await stat(join(root, name, 'dossier.json')).catch(() => undefined))?.mtimeMs,
    })),
  );
  const newest = runs.filter((run) => run.made !== undefined).sort((a, b) => (b.made ?? 0) - (a.made ?? 0))[0];
  if (!newest) throw runMissing(root);
  return newest.path;
}
