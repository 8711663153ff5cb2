import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeDownload } from '../harness/setup/download.ts';
import { setupHarness } from '../harness/setup/setup.ts';
import { findHarness, type Harness } from './find-harness.ts';
import type { Progress } from './progress.ts';
import { packageRoot } from './version.ts';

/** What `skiagram setup` did, or would do. */
export interface SetupResult {
  readonly venv: string;
  readonly text: string;
  readonly installed: boolean;
}

/** Makes .venv in the working folder from the lock file of the package, saying beforehand what that downloads. */
export async function setupLive(options: {
  progress: Progress;
  signal: AbortSignal;
  dryRun: boolean;
}): Promise<SetupResult> {
  const lockFile = fileURLToPath(new URL('python/requirements.lock', packageRoot));
  const venv = resolve('.venv');
  const download = await describeDownload(lockFile);
  if (options.dryRun) return { venv, installed: false, text: `Would make ${venv}. ${download}` };
  const result = await setupHarness({
    lockFile,
    venv,
    signal: options.signal,
    beforeInstall: () => options.progress.note(download),
    onProgress: ({ text, done, total }) =>
      options.progress.update({
        stage: 'setup',
        subject: '.venv',
        state: 'running',
        text,
        ...(done === undefined || total === undefined ? {} : { done, total }),
      }),
  });
  options.progress.update({ stage: 'setup', subject: '.venv', state: result.changed ? 'done' : 'reused' });
  return { venv, installed: result.changed, text: result.changed ? `${venv} is ready.` : `${venv} is up to date.` };
}

/** The harness, installed first where it is missing. */
export async function ensureHarness(options: {
  progress: Progress;
  signal: AbortSignal;
  configFolder: string;
}): Promise<Harness> {
  const present = await findHarness(process.env.SKIAGRAM_PYTHON, options.configFolder).catch(() => undefined);
  if (present) return present;
  options.progress.note(
    'The live harness is not installed here; installing it first. (`--recorded` would need no Python.)',
  );
  await setupLive({ ...options, dryRun: false });
  return findHarness(undefined, options.configFolder);
}
