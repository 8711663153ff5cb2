import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { exitCodes, SkiagramError } from '../../base/error.ts';
import { Dossier } from '../../dossier/dossier.ts';
import type { Leaderboard } from '../../leaderboard/leaderboard.ts';
import { type ModelScores, modelScores } from '../../leaderboard/model-scores.ts';
import { Manifest } from '../../store/manifest.ts';
import { RunFolder } from '../../store/run-folder.ts';
import { Verdict } from '../../verdict/verdict.ts';
import { runMissing } from '../newest-run.ts';
import { readScoredRuns } from '../read-scored-runs.ts';

/** The models of some run folders, and the runs they came from. */
export interface RunModels {
  readonly models: readonly ModelScores[];
  readonly runs: Leaderboard['runs'];
  readonly seed: number;
}

/**
 * Reads every checkpoint of finished runs, one at a time, so that the items of one are dropped before the next is read.
 *
 * @throws SkiagramError `leaderboard-no-run`, `leaderboard-run-twice`, `run-missing`, `artifact-invalid`
 */
export async function readModels(folders: readonly string[]): Promise<RunModels> {
  if (folders.length === 0)
    throw new SkiagramError({
      code: 'leaderboard-no-run',
      message: 'No run was named.',
      hint: 'Name one or more run folders: `skiagram leaderboard runs/a runs/b`.',
      exitCode: exitCodes.usage,
    });
  const twice = folders.find((folder, index) =>
    folders.slice(0, index).some((other) => resolve(other) === resolve(folder)),
  );
  if (twice !== undefined)
    throw new SkiagramError({
      code: 'leaderboard-run-twice',
      message: `${twice} is named twice.`,
      hint: 'Name every run folder once.',
      exitCode: exitCodes.usage,
    });
  const models: ModelScores[] = [];
  const texts = new Map<string, string>();
  const once = (text: string): string => {
    const known = texts.get(text);
    if (known === undefined) texts.set(text, text);
    return known ?? text;
  };
  const runs: Leaderboard['runs'] = [];
  let seed: number | undefined;
  for (const root of folders) {
    const { dossier, verdict, started, folder } = await openRun(root);
    const run = basename(resolve(root));
    seed ??= dossier.seed;
    const own: ModelScores[] = [];
    for (const checkpoint of dossier.checkpoints)
      own.push(
        modelScores(
          {
            run,
            checkpoint,
            families: dossier.families,
            runs: (await readScoredRuns(folder, checkpoint.id)) ?? [],
            verdict: verdict?.comparisons.find((entry) => entry.checkpoint === checkpoint.id),
          },
          once,
        ),
      );
    const measured = own.flatMap((model) => model.measured ?? []).sort();
    runs.push({ run, title: dossier.title, date: measured.at(-1) ?? started });
    models.push(...own);
  }
  return { models, runs, seed: seed ?? 0 };
}

async function openRun(root: string): Promise<{
  folder: RunFolder;
  dossier: Dossier;
  verdict: Verdict | undefined;
  started: string | null;
}> {
  const isFolder = (await stat(root).catch(() => undefined))?.isDirectory() ?? false;
  const folder = RunFolder.at(root);
  const dossier = isFolder ? await folder.read(Dossier, 'dossier.json') : undefined;
  if (dossier === undefined) throw runMissing(root, isFolder ? 'there is no dossier.json in it' : 'it is no folder');
  const manifest = await folder.read(Manifest, 'manifest.json');
  return { folder, dossier, verdict: await folder.read(Verdict, 'verdict.json'), started: manifest?.started ?? null };
}
