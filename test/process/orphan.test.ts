import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { onPath } from '../../src/process/python.ts';
import { announced, gone } from '../harness/processes.ts';
import { fixtures, folder } from '../harness/stage.ts';

const python = (await onPath('python3')) ?? '';

describe.skipIf(python === '' || process.platform === 'win32')('a harness whose parent is gone', () => {
  // Leader and worker of the stand-in ignore SIGTERM, so only SIGKILL ends them.
  it.each(['throws', 'exits', 'SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
    'is gone too when the parent %s',
    async (how) => {
      const outputDir = join(await folder(), 'out');
      const parent = execa(process.execPath, [join(fixtures, 'parent.ts'), how, python, outputDir], {
        reject: false,
        env: { PYTHONPATH: [join(fixtures, 'stand-in'), process.env.PYTHONPATH].filter(Boolean).join(delimiter) },
      });
      const pids = await announced(outputDir);
      if (how.startsWith('SIG')) parent.kill(how as 'SIGKILL');
      const result = await parent;
      if (how === 'throws') expect(result.stderr).toContain('uncaught');
      await gone(pids);
    },
  );
});
