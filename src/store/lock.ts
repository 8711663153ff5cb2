import { readFile, rm, writeFile } from 'node:fs/promises';
import { SkiagramError } from '../base/error.ts';
import { diskError } from './write.ts';

/**
 * Keeps two processes out of one run folder. A lock left by a killed process is taken over.
 * Throws `run-busy` naming the process. The returned function gives the lock back.
 */
export async function lockRun(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(path, String(process.pid), { flag: 'wx' });
      return () => rm(path, { force: true });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw diskError(path, cause);
      const holder = Number(await readFile(path, 'utf8').catch(() => ''));
      if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
        throw new SkiagramError({
          code: 'run-busy',
          message: `Process ${holder} is working in this run folder.`,
          hint: `Wait for it to end, or use another folder with --out. If it is no Skiagram, delete ${path}.`,
        });
      }
      await rm(path, { force: true });
    }
  }
  throw new SkiagramError({
    code: 'run-busy',
    message: 'Another process took this run folder.',
    hint: 'Use another folder with --out.',
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
