import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Config } from '../../src/config/config.ts';
import type { FamiliesDocument } from '../../src/families/families-document.ts';
import type { TaskGain } from '../../src/scores/task-gain.ts';
import { exampleFolder, runFolder, writeConfig } from './example.ts';

/** Files of one checkpoint's results by their names. */
export type ResultFiles = Readonly<Record<string, string | Uint8Array>>;
type Suite = NonNullable<Config['suites']>[number];
type Tasks = FamiliesDocument['families'][string]['tasks'];

/** What became of two sets of results, one for each of two real checkpoints. */
export interface Compared {
  readonly gains: readonly TaskGain[];
  /** Task -> reason. */
  readonly refused: Readonly<Record<string, string>>;
  readonly attestation: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Runs the whole pipeline over results that another harness is said to have made of the tiny checkpoints `base` and
 * `narrow`, with a families file of these tasks alone.
 */
export async function compared(
  { base, subject }: { readonly base: ResultFiles; readonly subject: ResultFiles },
  tasks: Tasks,
  suite: Partial<Suite> = {},
): Promise<Compared> {
  const folder = exampleFolder(['base', 'narrow']);
  for (const [side, files] of Object.entries({ base, narrow: subject }))
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, 'theirs', side, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  const families = { extends: 'none', families: { asked: { title: 'Asked', tasks } } };
  writeFileSync(join(folder, 'families.yaml'), stringify(families));
  writeConfig(folder, ({ axis: _, ...config }) => ({
    ...config,
    checkpoints: config.checkpoints.slice(0, 2),
    families: './families.yaml',
    suites: [
      {
        id: 'theirs',
        harness: 'import',
        files: { base: './theirs/base', narrow: './theirs/narrow' },
        unattested: true,
        ...suite,
      } as Suite,
    ],
  }));
  const { dossier } = await runFolder(folder);
  const [comparison] = dossier.comparisons;
  const scores = comparison?.scores;
  const attestation = dossier.checkpoints.map((checkpoint) => String(checkpoint.attestation));
  const notes = dossier.limits;
  if (scores?.status === 'ok')
    return {
      gains: scores.tasks,
      refused: Object.fromEntries(scores.refused.map(({ task, reason }) => [task, reason])),
      attestation,
      notes,
    };
  const message = scores?.status === 'failed' ? scores.error.message : 'no scores';
  const [, task = 'all', reason = message] = /the first, ([^:]+(?::[^ ][^:]*)*): (.*)\.$/s.exec(message) ?? [];
  return { gains: [], refused: { [task]: reason }, attestation, notes };
}
