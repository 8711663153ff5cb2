import { spawnSync } from 'node:child_process';

/**
 * Signals every process of the group that `leader` leads. A group that is gone already is no error.
 * Windows has no groups: there the process tree is ended by `taskkill`, whatever the signal.
 */
export function killGroup(leader: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(leader), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-leader, signal);
  } catch (error) {
    // ESRCH: nobody is left. EPERM: on macOS what a group of zombies answers.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

const living = new Set<number>();
let watching = false;

/**
 * Kills the group when this process exits for whatever reason runs exit handlers (an uncaught error included).
 * Call the returned function once the group is gone.
 */
export function killAtExit(leader: number): () => void {
  if (!watching) {
    watching = true;
    process.on('exit', () => {
      for (const pid of living) killGroup(pid, 'SIGKILL');
    });
  }
  living.add(leader);
  return () => living.delete(leader);
}
