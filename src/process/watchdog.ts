/** How the line on standard error begins with which the program says that one of its workers was killed. */
export const workerLost = 'skiagram: a worker process was lost';

/**
 * A Python program that runs a module and dies with its parent, and with its workers.
 *
 * The parent keeps the other end of standard input open and never writes to it. When the parent is gone, however it
 * went (`kill -9` included), the pipe ends and the thread kills the whole process group, forked workers too. Portable
 * across Unixes, unlike Linux's PR_SET_PDEATHSIG. The module sees an empty standard input, so nothing waits for an answer.
 *
 * A process pool whose worker is killed waits for its answer for ever (Python replaces the worker and forgets the work), so the
 * program ends when a worker ends any other way than by itself. Only workers that the pool has taken out are asked how they
 * ended: one that is dying has closed its pipes, which wakes the pool, a moment before it has an exit code.
 *
 * The working directory is taken off the import path first: it is the user's task folder, and a file `datasets.py` or
 * `signal.py` there would replace the real module.
 */
export const watchdogProgram = `
import sys
sys.path[:] = [entry for entry in sys.path if entry]
import os, runpy, signal, threading

def watch(descriptor):
    try:
        while os.read(descriptor, 4096):
            pass
    except OSError:
        pass
    end_all()

def end_all():
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(137)

def mind_workers():
    try:
        from multiprocessing.pool import Pool
        join_exited = Pool._join_exited_workers
    except (ImportError, AttributeError):
        return
    def minded(pool):
        before = list(pool)
        cleaned = join_exited(pool)
        for worker in before:
            if worker not in pool and worker.exitcode != 0:
                print("\\n${workerLost} (exit code %s)" % worker.exitcode, file=sys.stderr, flush=True)
                end_all()
        return cleaned
    Pool._join_exited_workers = staticmethod(minded)

leash = os.dup(0)
nothing = os.open(os.devnull, os.O_RDONLY)
os.dup2(nothing, 0)
os.close(nothing)
threading.Thread(target=watch, args=(leash,), daemon=True).start()
mind_workers()
module = sys.argv[1]
del sys.argv[1]
runpy.run_module(module, run_name="__main__", alter_sys=True)
`;

/** Arguments that make `python` run `module` with `args` under the watchdog. */
export function watchedModule(module: string, args: readonly string[]): string[] {
  return ['-c', watchdogProgram, module, ...args];
}
