import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeDownload, lockedPackages, readLock } from '../../../src/harness/setup/download.ts';

const lockFile = join(import.meta.dirname, '../../../python/requirements.lock');

describe('the download that setup announces', () => {
  it('counts the packages of the lock and says how large they are', async () => {
    const packages = lockedPackages(await readLock(lockFile));
    expect(packages).toContain('torch');
    expect(new Set(packages).size).toBe(packages.length);
    expect(await describeDownload(lockFile, { platform: 'linux', arch: 'x64' })).toBe(
      `Up to ${packages.length} Python packages: about 3 GB to download and 6 GB on disk, most of it torch with its CUDA libraries.`,
    );
  });

  it('counts extras and leaves comments, options and continuations out', () => {
    expect(
      lockedPackages(
        '--index-url x\nlm_eval[hf]==0.4.13 \\\n    --hash=sha256:ab\n    # via x\n# note\nnumpy==2.4.6 ; os_name != "nt"',
      ),
    ).toEqual(['lm_eval', 'numpy']);
  });
});
