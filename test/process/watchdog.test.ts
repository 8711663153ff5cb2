import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { onPath } from '../../src/process/python.ts';
import { watchdogProgram, workerLost } from '../../src/process/watchdog.ts';
import { folder } from '../harness/stage.ts';

const python = (await onPath('python3')) ?? '';

/** A pool whose only worker is killed; `late`: the first question how it ended comes before the system knows. */
const pool = (late: boolean): string => `
import multiprocessing, os, time
import multiprocessing.popen_fork as fork
known, asked = fork.Popen.poll, set()
def poll(self, flag=os.WNOHANG):
    code = known(self, flag)
    if ${late ? 'code is not None and flag == os.WNOHANG and self.pid not in asked' : 'False'}:
        asked.add(self.pid)
        return None
    return code
fork.Popen.poll = poll
multiprocessing.set_start_method("fork")
with multiprocessing.Pool(1) as workers:
    worker = workers.apply(os.getpid)
    waiting = workers.apply_async(time.sleep, (60,))
    os.kill(worker, 9)
    waiting.get(60)
`;

test.skipIf(python === '' || process.platform === 'win32').each([false, true])(
  'a program whose pool lost a worker ends at once, also where the pool wakes before the exit code is there: %s',
  async (late) => {
    const at = await folder();
    writeFileSync(join(at, 'pool_of_one.py'), pool(late));
    const { exitCode, stderr, timedOut } = await execa(python, ['-c', watchdogProgram, 'pool_of_one'], {
      reject: false,
      detached: false,
      stdin: 'pipe',
      timeout: 30_000,
      env: { PYTHONPATH: at },
    });
    expect(timedOut).toBe(false);
    expect(exitCode).toBe(137);
    expect(stderr).toContain(`${workerLost} (exit code -9)`);
  },
  60_000,
);
