import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SkiagramError } from '../../base/error.ts';
import { runGuarded } from '../../process/guarded.ts';
import { onPath, venvPython } from '../../process/python.ts';
import { type HarnessVersions, probeHarness } from '../lm-eval/python.ts';
import { basePython, minimumPython } from './base-python.ts';
import { lockedPackages, readLock } from './download.ts';
import { setupError } from './errors.ts';
import { packageProgress, type SetupProgress } from './progress.ts';
import { readStamp, writeStamp } from './stamp.ts';

export interface SetupRequest {
  /** Working directory of the tools, where relative paths start; default: this process's. */
  readonly root?: string;
  readonly lockFile: string;
  /** The environment to make or complete, e.g. `.venv`. */
  readonly venv: string;
  /** Called once where something will be installed, before it begins. */
  readonly beforeInstall?: () => void;
  readonly onProgress?: (progress: SetupProgress) => void;
  readonly signal?: AbortSignal;
  /** `auto` takes uv where it is on PATH: faster, and it brings a Python where there is none. */
  readonly uv?: 'auto' | 'never';
}

export interface SetupResult {
  /** Path of the environment's Python. */
  readonly python: string;
  readonly versions: HarnessVersions;
  /** False where the environment was already made from this very lock. */
  readonly changed: boolean;
}

interface Step {
  readonly doing: string;
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * Makes the Python environment of the live harness from the lock file. Repeatable: an environment that was finished
 * from the same lock is left alone, an unfinished one is completed, and packages that the lock does not name stay.
 *
 * @throws SkiagramError `setup-lock-missing`, `venv-occupied`, `venv-broken`, `python-missing`, `python-too-old` or one of `setupError`;
 *   rejects with the signal's reason when aborted
 */
export async function setupHarness(request: SetupRequest): Promise<SetupResult> {
  const { root = process.cwd(), signal, onProgress = () => {} } = request;
  signal?.throwIfAborted();
  const [lockFile, venv] = [resolve(root, request.lockFile), resolve(root, request.venv)];
  const lock = await readLock(lockFile);
  const lockSha256 = createHash('sha256').update(lock).digest('hex');
  const python = venvPython(venv);

  // 1. Nothing to do?
  const known = (await readStamp(venv))?.lockSha256 === lockSha256 ? await probeHarness(python, signal) : undefined;
  if (known) {
    onProgress({ step: 'done', text: `The environment is up to date: lm_eval ${known.lmEval}.` });
    return { python, versions: known, changed: false };
  }

  // 2. The environment and its packages.
  request.beforeInstall?.();
  const uv = request.uv === 'never' ? undefined : await onPath('uv');
  const progress = packageProgress(lockedPackages(lock).length);
  for (const step of await steps({ venv, lockFile, python, uv })) {
    const doing = step.doing[0]?.toUpperCase() + step.doing.slice(1);
    onProgress({ step: step.doing.includes('packages') ? 'packages' : 'environment', text: `${doing} …` });
    await perform(step, root, signal, (line) => {
      const told = progress(line);
      if (told) onProgress(told);
    });
  }

  // 3. Does it have what it should?
  onProgress({ step: 'check', text: 'Checking the environment …' });
  const versions = await probeHarness(python, signal);
  if (!versions)
    throw new SkiagramError({
      code: 'setup-failed',
      message: `Everything was installed into ${venv}, but lm_eval is not there.`,
      hint: 'Delete this folder and run `skiagram setup` again.',
    });
  await writeStamp(venv, { lockSha256 });
  onProgress({ step: 'done', text: `Ready: lm_eval ${versions.lmEval}, torch ${versions.torch ?? 'missing'}.` });
  return { python, versions, changed: true };
}

async function steps(places: {
  venv: string;
  lockFile: string;
  python: string;
  uv: string | undefined;
}): Promise<Step[]> {
  const { venv, lockFile, python, uv } = places;
  const making = 'making the virtual environment';
  const installing = 'installing packages';
  const make = !(await isEnvironment(venv, python));
  if (uv !== undefined)
    return [
      ...(make ? [{ doing: making, file: uv, args: ['venv', '--python', `>=${minimumPython}`, venv] }] : []),
      { doing: installing, file: uv, args: ['pip', 'install', '--python', python, '-r', lockFile] },
    ];
  const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--progress-bar', 'off'];
  return [
    ...(make ? [{ doing: making, file: await basePython(), args: ['-m', 'venv', venv] }] : []),
    { doing: installing, file: python, args: [...pip, '-r', lockFile] },
  ];
}

/** True for an environment that can be completed, false where one must be made. Anything else is not ours to touch. */
async function isEnvironment(venv: string, python: string): Promise<boolean> {
  const names = await readdir(venv).catch((): string[] => []);
  if (names.length === 0) return false;
  if (!names.includes('pyvenv.cfg'))
    throw new SkiagramError({
      code: 'venv-occupied',
      message: `${venv} exists and is no Python environment.`,
      hint: 'Name another folder, or move this one away.',
    });
  const whole = await stat(python).catch(() => undefined);
  if (whole === undefined)
    throw new SkiagramError({
      code: 'venv-broken',
      message: `${join(venv, 'pyvenv.cfg')} exists, but ${python} cannot be run: its base Python may have been removed.`,
      hint: `Delete ${venv} and run \`skiagram setup\` again.`,
    });
  return true;
}

async function perform(
  { doing, file, args }: Step,
  root: string,
  signal: AbortSignal | undefined,
  onLine: (line: string) => void,
): Promise<void> {
  const lines: string[] = [];
  const ended = await runGuarded({
    file,
    args,
    cwd: root,
    env: { PYTHONUNBUFFERED: '1', LC_ALL: 'C.UTF-8', PIP_REQUIRE_VIRTUALENV: undefined, VIRTUAL_ENV: undefined },
    signal,
    onPiece(piece, { complete }) {
      if (!complete) return;
      if (lines.push(piece) > 200) lines.shift();
      onLine(piece);
    },
  });
  signal?.throwIfAborted();
  if (ended.by !== 'itself' || ended.exitCode !== 0) throw setupError(doing, ended, lines);
}
