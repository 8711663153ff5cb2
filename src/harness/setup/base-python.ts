import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { SkiagramError } from '../../base/error.ts';
import { onPath } from '../../process/python.ts';

/** Oldest Python that the pinned packages run on. */
export const minimumPython = '3.10';

/**
 * The Python that makes the environment: the first of `python3`, `python` on PATH that is new enough.
 *
 * @throws SkiagramError `python-missing`, `python-too-old`
 */
export async function basePython(names: readonly string[] = ['python3', 'python']): Promise<string> {
  const old: string[] = [];
  for (const name of names) {
    const program = await onPath(name);
    if (program === undefined) continue;
    const result = await execa(program, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], {
      reject: false,
      stdin: 'ignore',
      timeout: 60_000,
      cwd: tmpdir(),
    });
    const version = String(result.stdout ?? '').trim();
    if (result.exitCode !== 0 || !/^\d+\.\d+$/.test(version)) continue;
    if (isNewEnough(version)) return program;
    old.push(`${program} is ${version}`);
  }
  if (old.length > 0)
    throw new SkiagramError({
      code: 'python-too-old',
      message: `Python ${minimumPython} or newer is needed; ${old.join(', ')}.`,
      hint: 'Install a newer Python, or uv, which brings its own.',
    });
  throw new SkiagramError({
    code: 'python-missing',
    message: 'There is no Python on PATH.',
    hint: `Install Python ${minimumPython} or newer, or uv, which brings its own: https://docs.astral.sh/uv`,
  });
}

/** @example `isNewEnough('3.9')` is false, `isNewEnough('3.11')` true. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 3 || (major === 3 && minor >= 10);
}
