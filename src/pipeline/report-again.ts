import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, SkiagramError } from '../base/error.ts';
import type { ReportFormat } from '../config/config.ts';
import { Dossier } from '../dossier/dossier.ts';
import { Findings } from '../findings/finding.ts';
import { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';
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

function runMissing(path: string): SkiagramError {
  return new SkiagramError({
    code: 'run-missing',
    message: `${path} holds no finished run (dossier.json, findings.json and verdict.json).`,
    hint: 'Make one with `skiagram run`, or name its folder.',
    exitCode: exitCodes.usage,
  });
}
