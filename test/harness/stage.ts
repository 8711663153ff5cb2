import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const fixtures = join(import.meta.dirname, 'fixtures');

/** A temporary folder that is deleted when the test ends. */
export async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'skiagram-harness-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** A copy of what a real run of lm-eval 0.4.13 wrote (fixtures/good: four tasks; fixtures/nan: a checkpoint of NaNs). */
export async function stage(name: 'good' | 'nan'): Promise<Staged> {
  const path = await folder();
  await cp(join(fixtures, name), path, { recursive: true });
  // The results are kept as .txt: they hold bare NaN, which no JSON tool accepts.
  for (const file of await readdir(path))
    if (file.endsWith('.txt')) await rename(join(path, file), join(path, file.slice(0, -'.txt'.length)));
  const names = await readdir(path);
  const results = names.find((file) => file.startsWith('results')) ?? '';
  return {
    path,
    results,
    samples: (task) => names.find((file) => file.startsWith(`samples_${task}`)) ?? '',
    edit: async (file, change) => {
      const target = join(path, file);
      await writeFile(target, change(await readFile(target, 'utf8')));
    },
    editResults: async (change) => {
      const target = join(path, results);
      const value = JSON.parse(await readFile(target, 'utf8'));
      change(value);
      await writeFile(target, JSON.stringify(value));
    },
  };
}

export interface Staged {
  readonly path: string;
  /** Base name of the results file. */
  readonly results: string;
  /** Base name of a task's samples file. */
  readonly samples: (task: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => Promise<void>;
  // biome-ignore lint/suspicious/noExplicitAny: the tests break the document in ways no type describes
  readonly editResults: (change: (value: any) => void) => Promise<void>;
}
