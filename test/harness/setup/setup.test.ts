import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SetupProgress } from '../../../src/harness/setup/progress.ts';
import { setupHarness } from '../../../src/harness/setup/setup.ts';
import { onPath } from '../../../src/process/python.ts';
import { fixtures, folder } from '../stage.ts';

const python = await onPath('python3');
const hasUv = (await onPath('uv')) !== undefined;

/** A working folder with a lock file, and an index of wheels instead of the network. */
async function place(lock: string): Promise<string> {
  const root = await folder();
  const wheels = join(root, 'wheels');
  await mkdir(wheels);
  await writeFile(join(root, 'requirements.lock'), lock);
  for (const version of ['0.4.12', '0.4.13'])
    await execa(python ?? '', [join(fixtures, 'make_wheel.py'), wheels, 'lm_eval', version]);
  for (const [name, value] of Object.entries({ FIND_LINKS: wheels, NO_INDEX: '1' })) {
    vi.stubEnv(`PIP_${name}`, value);
    vi.stubEnv(`UV_${name}`, value);
  }
  return root;
}

const request = { lockFile: 'requirements.lock', venv: '.venv' } as const;

describe.skipIf(python === undefined)('setup', { timeout: 120_000 }, () => {
  afterEach(() => vi.unstubAllEnvs());

  // One environment for all of it: making one takes seconds.
  it.each(['never', ...(hasUv ? (['auto'] as const) : [])] as const)(
    'completes a failed environment, then does nothing, then follows a changed lock (uv: %s)',
    async (uv) => {
      const root = await place('lm_eval==0.4.99\n');
      const lock = (version: string) =>
        writeFile(join(root, 'requirements.lock'), `lm_eval==${version}\n    # via x\n`);
      await expect(setupHarness({ ...request, root, uv })).rejects.toMatchObject({
        code: 'setup-unsupported',
        message: expect.stringContaining('installing packages'),
        cause: expect.stringContaining('0.4.99'),
      });

      await lock('0.4.12');
      const progress: SetupProgress[] = [];
      const first = await setupHarness({ ...request, root, uv, onProgress: (event) => progress.push(event) });
      expect(first).toMatchObject({ changed: true, versions: { lmEval: '0.4.12', torch: null, supported: true } });
      expect([...new Set(progress.map(({ step }) => step))]).toEqual(['packages', 'check', 'done']);

      const beforeInstall = vi.fn();
      expect(await setupHarness({ ...request, root, uv, beforeInstall })).toEqual({ ...first, changed: false });
      expect(beforeInstall).not.toHaveBeenCalled();

      await lock('0.4.13');
      const changed = await setupHarness({ ...request, root, uv });
      expect(changed).toMatchObject({ changed: true, versions: { lmEval: '0.4.13' } });
    },
  );

  it('leaves a folder alone that is no environment', async () => {
    const root = await place('lm_eval==0.4.13\n');
    await mkdir(join(root, '.venv'));
    await writeFile(join(root, '.venv', 'thesis.tex'), '');
    await expect(setupHarness({ ...request, root })).rejects.toMatchObject({ code: 'venv-occupied' });
    expect(await readdir(join(root, '.venv'))).toEqual(['thesis.tex']);
  });

  it('says what to do where the lock or Python is missing', async () => {
    const root = await place('lm_eval==0.4.13\n');
    vi.stubEnv('PATH', join(root, 'wheels'));
    await expect(setupHarness({ ...request, root })).rejects.toMatchObject({ code: 'python-missing' });
    await rm(join(root, 'requirements.lock'));
    await expect(setupHarness({ ...request, root })).rejects.toMatchObject({ code: 'setup-lock-missing' });
  });

  it('stops with the reason of the signal', async () => {
    const root = await place('lm_eval==0.4.13\n');
    const stop = new AbortController();
    const reason = new Error('stopped');
    const beforeInstall = (): void => stop.abort(reason);
    await expect(setupHarness({ ...request, root, signal: stop.signal, beforeInstall })).rejects.toBe(reason);
  });
});
