import { access, constants } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { execa } from 'execa';
import { SkiagramError } from '../../base/error.ts';

/** Versions of lm-eval whose files and messages are known: results changed shape before 0.4.9. */
export const supportedLmEval = '>=0.4.9 <0.5';

/** What a Python environment can run; null where a package is not installed. */
export interface HarnessVersions {
  readonly python: string;
  readonly lmEval: string;
  readonly torch: string | null;
  readonly transformers: string | null;
  /** Is `lmEval` within `supportedLmEval`? */
  readonly supported: boolean;
}

/** Where the Python of a virtual environment lies. */
export function venvPython(venv: string): string {
  return process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');
}

/**
 * The Python to run the harness with: the one named explicitly (a path, or a name on PATH), else the virtual
 * environment's. Undefined where there is no environment.
 *
 * @throws SkiagramError `python-missing` where the explicit one cannot be run
 */
export async function findPython(places: { venv: string; explicit?: string | undefined }): Promise<string | undefined> {
  if (places.explicit === undefined) {
    const own = venvPython(places.venv);
    return (await runnable(own)) ? own : undefined;
  }
  const found = await onPath(places.explicit);
  if (found !== undefined) return found;
  throw new SkiagramError({
    code: 'python-missing',
    message: `There is no runnable Python at ${places.explicit}.`,
    hint: 'Name the python program of an environment that has lm_eval, or run `skiagram setup`.',
  });
}

/**
 * Asks a Python which harness it has, from package metadata: nothing is imported, so it takes well under a second.
 * Undefined where lm_eval is not installed or the program is no Python.
 */
export async function probeHarness(python: string, signal?: AbortSignal): Promise<HarnessVersions | undefined> {
  const result = await execa(python, ['-c', probe], {
    reject: false,
    timeout: 60_000,
    stdin: 'ignore',
    cwd: tmpdir(),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  if (result.exitCode !== 0) return undefined;
  const [version, lmEval, torch, transformers] = String(result.stdout).trim().split(/\r?\n/);
  if (version === undefined || !lmEval || lmEval === '-') return undefined;
  const optional = (text: string | undefined): string | null => (text === undefined || text === '-' ? null : text);
  return {
    python: version,
    lmEval,
    torch: optional(torch),
    transformers: optional(transformers),
    supported: isSupportedLmEval(lmEval),
  };
}

/** Is this version of lm-eval within `supportedLmEval`? @example `isSupportedLmEval('0.4.13')` is true. */
export function isSupportedLmEval(version: string): boolean {
  const [major, minor, patch] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major === 0 && minor === 4 && (patch ?? 0) >= 9;
}

/** The absolute path of a program named by path or by a name on PATH; undefined where it cannot be run. */
export async function onPath(program: string): Promise<string | undefined> {
  if (isAbsolute(program) || /[\\/]/.test(program)) return (await runnable(program)) ? program : undefined;
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders)
    for (const ending of endings) {
      const file = join(folder, program + ending);
      if (await runnable(file)) return file;
    }
  return undefined;
}

async function runnable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

const probe = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
from importlib import metadata
print(sys.version.split()[0])
for name in ("lm_eval", "torch", "transformers"):
    try:
        print(metadata.version(name))
    except metadata.PackageNotFoundError:
        print("-")
`;
