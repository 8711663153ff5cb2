import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { basePython, isNewEnough } from '../../../src/harness/setup/base-python.ts';
import { folder } from '../stage.ts';

async function program(path: string, script: string): Promise<void> {
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
}

describe.skipIf(process.platform === 'win32')('the Python that makes the environment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is the first on PATH that is new enough', async () => {
    const path = await folder();
    await program(join(path, 'python3'), 'echo 3.8');
    await program(join(path, 'python'), 'echo 3.12');
    vi.stubEnv('PATH', path);
    expect(await basePython()).toBe(join(path, 'python'));
  });

  it('is refused with its version when it is too old, and called missing when it does not run', async () => {
    const path = await folder();
    vi.stubEnv('PATH', path);
    await program(join(path, 'python3'), 'exit 127');
    await expect(basePython()).rejects.toMatchObject({ code: 'python-missing' });
    await program(join(path, 'python3'), 'echo 3.9');
    await expect(basePython()).rejects.toMatchObject({
      code: 'python-too-old',
      message: expect.stringContaining('3.9'),
    });
  });

  it('compares versions as numbers', () => {
    expect(['3.9', '3.10', '3.14', '4.0', '2.7'].map(isNewEnough)).toEqual([false, true, true, true, false]);
  });
});
