import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { SkiagramError } from '../base/error.ts';

/** Where the Python of a virtual environment lies. */
export function venvPython(venv: string): string {
  return process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');
}

/**
 * The Python to run: the one named explicitly (a path, or a name on PATH), else the virtual
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
