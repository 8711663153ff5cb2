import { stat } from 'node:fs/promises';
import { exitCodes, SkiagramError } from '../base/error.ts';
import { Dossier } from '../dossier/dossier.ts';
import { Findings } from '../findings/finding.ts';
import { compareRuns, type NamedRun } from '../report/compare/compare-runs.ts';
import type { RunsCompared } from '../report/compare/runs-compared.ts';
import { RunFolder } from '../store/run-folder.ts';
import { Verdict } from '../verdict/verdict.ts';

/** Two run folders -> what changed between them. Throws `run-missing`, `artifact-invalid`. */
export async function compareFolders(before: string, after: string): Promise<RunsCompared> {
  return compareRuns(await named(before), await named(after));
}

async function named(path: string): Promise<NamedRun> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
  const folder = RunFolder.at(path);
  const [dossier, findings, verdict] = isFolder
    ? [
        await folder.read(Dossier, 'dossier.json'),
        await folder.read(Findings, 'findings.json'),
        await folder.read(Verdict, 'verdict.json'),
      ]
    : [];
  if (!dossier || !findings || !verdict)
    throw new SkiagramError({
      code: 'run-missing',
      message: `${path} holds no finished run (dossier.json, findings.json and verdict.json).`,
      hint: 'Give two folders that `skiagram run` has finished.',
      exitCode: exitCodes.usage,
    });
  return { run: path, dossier, findings, verdict };
}
