import { execa } from 'execa';
import { killAtExit, killGroup } from './kill-group.ts';
import { pieces } from './pieces.ts';
import { type RedactedLog, redactedLog } from './redacted-log.ts';

/** Milliseconds between SIGTERM and SIGKILL. lm-eval ends at once on SIGTERM; a CUDA driver may take seconds. */
export const defaultGraceMs = 10_000;

/** Longest delay that a timer takes (2³¹ − 1 ms, about 25 days); a longer one would fire at once. */
const maxDelayMs = 2_147_483_647;

/**
 * Called with every log line and state of a progress bar, in order per stream. A piece that is not `complete` is what
 * was written so far (a bar just drawn, or half a line) and comes again in full.
 */
export type OnPiece = (piece: string, from: { stream: 'stdout' | 'stderr'; complete: boolean }) => void;

export interface GuardedCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Added to this process's environment; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where the output is copied while it streams, credentials taken out. */
  readonly stdoutFile?: string;
  readonly stderrFile?: string;
  readonly onPiece?: OnPiece;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly graceMs?: number | undefined;
}

export interface Ended {
  /** Why it ended: by itself, because the caller aborted, or because its time was up; `spawn`: it never began. */
  readonly by: 'itself' | 'abort' | 'timeout' | 'spawn';
  readonly exitCode: number | undefined;
  /** Name of the signal that ended it, e.g. `SIGKILL`. */
  readonly signal: string | undefined;
  /** Why it could not be started or its output not be kept, in the system's words. */
  readonly failure: string | undefined;
}

/**
 * Runs a command as the leader of its own process group and leaves nobody of that group behind: SIGTERM to the group on
 * abort or timeout, SIGKILL after a grace period, SIGKILL to whoever outlives the leader, and SIGKILL when this process
 * exits. Standard input stays open for as long as this process lives, so a command that watches it (watchdog.ts)
 * also notices a parent that was killed outright.
 *
 * Never rejects: how it went is in the result.
 */
export async function runGuarded(command: GuardedCommand): Promise<Ended> {
  if (command.signal?.aborted) return { by: 'abort', exitCode: undefined, signal: undefined, failure: undefined };
  const subprocess = execa(command.file, [...command.args], {
    ...(command.cwd === undefined ? {} : { cwd: command.cwd }),
    ...(command.env === undefined ? {} : { env: command.env }),
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    detached: process.platform !== 'win32',
    cleanup: false,
    reject: false,
    windowsHide: true,
  });
  const { pid } = subprocess;
  let unkept: string | undefined;
  const unwritable = (reason: string): void => {
    unkept ??= reason;
    if (pid !== undefined) killGroup(pid, 'SIGKILL');
  };
  const logs = [command.stdoutFile, command.stderrFile].map((file) =>
    file === undefined ? undefined : redactedLog(file, unwritable),
  );
  listen(subprocess.stdout, 'stdout', command.onPiece, logs[0]);
  listen(subprocess.stderr, 'stderr', command.onPiece, logs[1]);

  let by: Ended['by'] = pid === undefined ? 'spawn' : 'itself';
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (reason: 'abort' | 'timeout'): void => {
    if (pid === undefined || by !== 'itself') return;
    by = reason;
    killGroup(pid, 'SIGTERM');
    killTimer = setTimeout(() => killGroup(pid, 'SIGKILL'), command.graceMs ?? defaultGraceMs);
  };
  const onAbort = (): void => stop('abort');
  command.signal?.addEventListener('abort', onAbort, { once: true });
  const { timeoutMs } = command;
  const timer =
    timeoutMs === undefined ? undefined : setTimeout(() => stop('timeout'), Math.min(timeoutMs, maxDelayMs));
  const release = pid === undefined ? undefined : killAtExit(pid);
  // Workers that outlive the leader would hold its pipes open and be orphans.
  subprocess.nodeChildProcess?.once('exit', () => pid !== undefined && killGroup(pid, 'SIGKILL'));

  try {
    const result = await subprocess;
    await Promise.all(logs.map((log) => log?.end()));
    // Empty for a plain exit code or signal: only a failed start or a stream that broke has words of its own.
    const failure = unkept ?? (result.originalMessage || undefined);
    return { by, exitCode: result.exitCode, signal: result.signal, failure };
  } finally {
    clearTimeout(timer);
    clearTimeout(killTimer);
    command.signal?.removeEventListener('abort', onAbort);
    release?.();
  }
}

function listen(
  stream: NodeJS.ReadableStream | null | undefined,
  name: 'stdout' | 'stderr',
  onPiece: OnPiece = () => {},
  log?: RedactedLog,
): void {
  const cut = pieces();
  const pending = (complete: boolean): void => {
    if (cut.pending().trim() !== '') onPiece(cut.pending(), { stream: name, complete });
  };
  stream?.on('data', (chunk: Buffer) => {
    log?.write(chunk);
    for (const piece of cut.push(chunk)) onPiece(piece, { stream: name, complete: true });
    pending(false);
  });
  stream?.on('end', () => pending(true));
}
