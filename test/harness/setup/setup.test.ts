import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { onPath } from '../../../src/harness/lm-eval/python.ts';
import type { SetupProgress } from '../../../src/harness/setup/progress.ts';
import { setupHarness } from '../../../src/harness/setup/setup.ts';
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

  it.each(['never', ...(hasUv ? (['auto'] as const) : [])] as const)(
    'makes the environment from the lock, and the second time does nothing (uv: %s)',
    async (uv) => {
      const root = await place('lm_eval==0.4.13\n    # via -r requirements.in\n');
      const progress: SetupProgress[] = [];
      const first = await setupHarness({ ...request, root, uv, onProgress: (event) => progress.push(event) });
      expect(first).toMatchObject({ changed: true, versions: { lmEval: '0.4.13', torch: null, supported: true } });
      expect(progress.map(({ step }) => step).filter((step, at, all) => step !== all[at - 1])).toEqual([
        'environment',
        'packages',
        'check',
        'done',
      ]);
      const beforeInstall = vi.fn();
      const second = await setupHarness({ ...request, root, uv, beforeInstall });
      expect(second).toEqual({ ...first, changed: false });
      expect(beforeInstall).not.toHaveBeenCalled();
    },
  );

  it('follows a changed lock in the same environment', async () => {
    const root = await place('lm_eval==0.4.12\n');
    await setupHarness({ ...request, root, uv: 'never' });
    await writeFile(join(root, 'requirements.lock'), 'lm_eval==0.4.13\n');
    const again = await setupHarness({ ...request, root, uv: 'never' });
    expect(again).toMatchObject({ changed: true, versions: { lmEval: '0.4.13' } });
  });

  it('goes on where a failed attempt stopped', async () => {
    const root = await place('lm_eval==0.4.99\n');
    await expect(setupHarness({ ...request, root, uv: 'never' })).rejects.toMatchObject({
      code: 'setup-unsupported',
      message: expect.stringContaining('installing packages'),
      cause: expect.stringContaining('0.4.99'),
    });
    await writeFile(join(root, 'requirements.lock'), 'lm_eval==0.4.13\n');
    await expect(setupHarness({ ...request, root, uv: 'never' })).resolves.toMatchObject({ changed: true });
  });

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
