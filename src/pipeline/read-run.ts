import { stat } from 'node:fs/promises';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { Dossier } from '../dossier/dossier.ts';
import { Findings } from '../findings/finding.ts';
import { Manifest } from '../store/manifest.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';
import type { Progress } from './progress.ts';
import type { ReportFacts } from './write-reports.ts';

/** A finished run as reports are made from it. */
export interface FinishedRun {
  readonly folder: RunFolder;
  readonly joined: { readonly dossier: Dossier; readonly findings: Findings; readonly verdict: Verdict };
  readonly facts: ReportFacts;
}

/**
 * Reads what a run left. What a newer Skiagram added to it is kept, warned of, and said among the report's limits.
 * Throws `run-missing` where the folder holds no finished join, `artifact-invalid`, `artifact-newer`, `artifact-older`.
 */
export async function readRun(path: string, progress: Pick<Progress, 'warn'>): Promise<FinishedRun> {
  const exists = await stat(path).catch(() => undefined);
  if (!exists?.isDirectory()) throw runMissing(path);
  const folder = RunFolder.at(path);
  const [dossier, findings, verdict, manifest] = [
    await folder.read(Dossier, 'dossier.json'),
    await folder.read(Findings, 'findings.json'),
    await folder.read(Verdict, 'verdict.json'),
    await folder.read(Manifest, 'manifest.json'),
  ];
  if (!dossier || !findings || !verdict) throw runMissing(path);
  for (const note of folder.unknown) progress.warn(note);
  return {
    folder,
    joined: { dossier: { ...dossier, limits: [...dossier.limits, ...folder.unknown] }, findings, verdict },
    facts: {
      started: manifest?.started ?? new Date(0).toISOString(),
      engine: manifest?.engine ?? dossier.engine ?? 'unknown',
    },
  };
}

export function runMissing(path: string): SkiagramError {
  return new SkiagramError({
    code: 'run-missing',
    message: `${path} holds no finished run (dossier.json, findings.json and verdict.json).`,
    hint: 'Make one with `skiagram run`, or name its folder.',
    exitCode: exitCodes.usage,
  });
}
