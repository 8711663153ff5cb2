import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';

/** The process ids that the stand-in harness announced in its output folder; waits until it has. */
export async function announced(outputDir: string): Promise<number[]> {
  for (let tries = 0; tries < 400; tries++) {
    const text = await readFile(join(outputDir, 'pids'), 'utf8').catch(() => undefined);
    if (text !== undefined) return text.split(' ').map(Number);
    await sleep(50);
  }
  throw new Error('The stand-in never announced its processes.');
}

/** Waits until none of these processes lives any more. */
export async function gone(pids: readonly number[]): Promise<void> {
  let living = pids;
  for (let tries = 0; tries < 400 && living.length > 0; tries++) {
    const states = await Promise.all(pids.map(async (pid) => ((await lives(pid)) ? [pid] : [])));
    living = states.flat();
    if (living.length > 0) await sleep(50);
  }
  expect(living).toEqual([]);
}

/** A zombie, which nobody has waited for yet, does not live. */
async function lives(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat === undefined ? process.platform !== 'linux' : !/\) Z /.test(stat);
}
