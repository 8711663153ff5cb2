import { stat } from 'node:fs/promises';
import { exitCodes } from '../base/error.ts';
import type { ReportFormat } from '../config/config.ts';
import { Dossier } from '../dossier/dossier.ts';
import { Findings } from '../findings/finding.ts';
import { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';
import { runMissing } from './newest-run.ts';
import type { Progress } from './progress.ts';
import { writeReports } from './write-reports.ts';

/**
 * Renders the reports of a run from its artifacts alone. The same artifacts give the same bytes as in the live run.
 * Throws `run-missing` where the folder holds no finished join, `artifact-invalid` where a document is damaged.
 */
export async function reportAgain(options: {
  folder: string;
  formats: readonly ReportFormat[];
  progress: Progress;
  signal: AbortSignal;
  browser?: string;
}): Promise<{ written: readonly string[]; exitCode: number }> {
  const exists = await stat(options.folder).catch(() => undefined);
  if (!exists?.isDirectory()) throw runMissing(options.folder);
  const folder = await RunFolder.open(options.folder);
  const [dossier, findings, verdict, manifest] = [
    await folder.read(Dossier, 'dossier.json'),
    await folder.read(Findings, 'findings.json'),
    await folder.read(Verdict, 'verdict.json'),
    await folder.read(Manifest, 'manifest.json'),
  ];
  if (!dossier || !findings || !verdict) throw runMissing(options.folder);
  const context = { folder, progress: options.progress, signal: options.signal, stages: [] };
  const { written, pdfFailed } = await writeReports(context, { dossier, findings, verdict }, options.formats, {
    started: manifest?.started ?? new Date(0).toISOString(),
    engine: manifest?.engine ?? dossier.engine ?? 'unknown',
    ...(options.browser === undefined ? {} : { browser: options.browser }),
  });
  return { written, exitCode: pdfFailed ? exitCodes.pdf : exitCodes.ok };
}
