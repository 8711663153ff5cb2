import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SkiagramError } from '../base/error.ts';
import { probeHarness, supportedLmEval } from '../harness/lm-eval/python.ts';
import { findPython } from '../process/python.ts';
import { packageRoot } from './version.ts';

/** A Python that can run the harness, and the harness's version. */
export interface Harness {
  readonly python: string;
  readonly version: string;
}

/** Where `.venv` is looked for: beside the config, in the working folder, in the package. */
export function venvPlaces(configFolder: string): string[] {
  return [...new Set([resolve(configFolder, '.venv'), resolve('.venv'), fileURLToPath(new URL('.venv', packageRoot))])];
}

/** The Pythons there are: the one named explicitly where there is one, else those of every `.venv`. May be none. */
export async function pythonPlaces(explicit: string | undefined, configFolder: string): Promise<string[]> {
  if (explicit !== undefined) return [explicit];
  const found = await Promise.all(venvPlaces(configFolder).map((venv) => findPython({ venv })));
  return found.filter((python) => python !== undefined);
}

/** Finds the harness when it is first needed, and remembers the answer: a run on recorded scores never asks for Python. */
export function harnessFor(explicit: string | undefined, configFolder: string): () => Promise<Harness> {
  let found: Promise<Harness> | undefined;
  return () => {
    found ??= findHarness(explicit ?? process.env.SKIAGRAM_PYTHON, configFolder);
    return found;
  };
}

/** Throws `harness-missing` where no Python has lm-eval, `harness-unsupported` where its version is not known to work. */
export async function findHarness(explicit: string | undefined, configFolder: string): Promise<Harness> {
  for (const venv of venvPlaces(configFolder)) {
    const python = await findPython({ venv, explicit });
    const versions = python === undefined ? undefined : await probeHarness(python);
    if (python === undefined || versions === undefined) continue;
    if (!versions.supported) {
      throw new SkiagramError({
        code: 'harness-unsupported',
        message: `${python} has lm-eval ${versions.lmEval}; this version of Skiagram works with ${supportedLmEval}.`,
        hint: 'Run `skiagram setup` to make .venv with a version that is known to work.',
      });
    }
    return { python, version: versions.lmEval };
  }
  throw new SkiagramError({
    code: 'harness-missing',
    message: explicit === undefined ? 'There is no Python with lm-eval here.' : `${explicit} has no lm-eval.`,
    hint: 'Run `skiagram setup` to make .venv with it, or name a Python that has it with --python.',
  });
}
