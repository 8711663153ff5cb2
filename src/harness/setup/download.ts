import { readFile } from 'node:fs/promises';
import { SkiagramError } from '../../base/error.ts';

/**
 * Names of the packages that a requirements lock pins, in its order; one pinned per system comes once.
 *
 * @example `lockedPackages('torch==2.15.0 ; sys_platform != "x"\n    # via lm-eval')` is `['torch']`.
 */
export function lockedPackages(lock: string): string[] {
  const names = lock.split('\n').flatMap((line) => /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*==/.exec(line)?.[1] ?? []);
  return [...new Set(names)];
}

/** @throws SkiagramError `setup-lock-missing` */
export async function readLock(lockFile: string): Promise<string> {
  try {
    return await readFile(lockFile, 'utf8');
  } catch (cause) {
    throw new SkiagramError({
      code: 'setup-lock-missing',
      message: `The list of packages to install cannot be read: ${lockFile}`,
      hint: 'It comes with Skiagram as python/requirements.lock: install Skiagram again.',
      cause,
    });
  }
}

/**
 * One sentence on what setup will download, to be shown before it starts.
 *
 * Sizes measured with the lock of lm_eval 0.4.13 and torch 2.15 on x86-64 Linux, where torch brings CUDA's libraries.
 *
 * @throws SkiagramError `setup-lock-missing`
 */
export async function describeDownload(
  lockFile: string,
  { platform, arch }: { platform: string; arch: string } = process,
): Promise<string> {
  const count = lockedPackages(await readLock(lockFile)).length;
  const size =
    platform === 'linux' && arch === 'x64'
      ? 'about 3 GB to download and 6 GB on disk, most of it torch with its CUDA libraries'
      : 'about 1 GB to download; on Linux x86-64, where torch brings CUDA, 3 GB';
  return `Up to ${count} Python packages: ${size}.`;
}
