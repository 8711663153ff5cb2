import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes, SkiagramError } from '../base/error.ts';

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

/** The error of a folder without a finished run; `needs` are the artifacts that were looked for. */
export function runMissing(path: string, needs = 'dossier.json, findings.json and verdict.json'): SkiagramError {
  return new SkiagramError({
    code: 'run-missing',
    message: `${path} holds no finished run (${needs}).`,
    hint: 'Make one with `skiagram run`, or name its folder.',
    exitCode: exitCodes.usage,
  });
}
