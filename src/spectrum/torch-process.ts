import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { killAtExit, killGroup } from '../process/kill-group.ts';

/** What the worker says of itself once torch is loaded. */
export interface Hello {
  /** Version of torch. */
  readonly torch: string;
  readonly device: 'cpu' | 'cuda';
  /** Of the device, for people. */
  readonly name: string;
}

/** One line of the worker; python/skiagram_torch/worker.py describes them. */
export interface Message {
  readonly id?: number;
  readonly hello?: Hello;
  readonly started?: true;
  readonly values?: string;
  readonly error?: { readonly code: string; readonly tensor?: number; readonly details: readonly (string | number)[] };
}

export interface TorchProcess {
  /** Writes one JSON line; dropped where the process is gone. */
  say(message: object): void;
  /** Ends the process: kindly, then outright. */
  end(): Promise<void>;
}

export interface TorchProcessOptions {
  readonly python: string;
  readonly threads: number;
  /** `auto` takes CUDA where torch finds it. */
  readonly device: 'auto' | 'cpu' | 'cuda';
  /** Matrices of one size that are decomposed at once; the worker's own choice when left out. */
  readonly batch?: number | undefined;
  readonly onMessage: (message: Message) => void;
  /** Called once; `why` holds how it ended and its last words on stderr. */
  readonly onEnd: (why: string) => void;
}

/** Last characters of stderr that are kept for errors. */
const tailLength = 2000;
/** Milliseconds that a worker has to end after its standard input was closed; it reads that at once. */
const graceMs = 2000;

const program = fileURLToPath(new URL('../../python/skiagram_torch', import.meta.url));

/**
 * Starts a worker as the leader of its own process group. It ends with this process, killed outright included: it
 * watches its standard input. Never throws; a program that cannot be started ends like one that died.
 */
export function startTorch(options: TorchProcessOptions): TorchProcess {
  const { python, threads, device, batch } = options;
  const args = ['-B', program, '--threads', `${threads}`, '--device', device];
  const child = execa(python, [...args, ...(batch === undefined ? [] : ['--batch', `${batch}`])], {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    detached: process.platform !== 'win32',
    cleanup: false,
    reject: false,
    windowsHide: true,
  });
  const pid = child.pid;
  const release = pid === undefined ? undefined : killAtExit(pid);
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-tailLength);
  });
  // A worker that just died cannot take what is being written to it; its end is told by `onEnd`.
  child.stdin?.on('error', () => {});
  if (child.stdout)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = parsed(line);
      if (message) options.onMessage(message);
    });
  const ended = child.then(({ exitCode, signal, originalMessage }) => {
    release?.();
    const how = originalMessage || (signal === undefined ? `exit code ${exitCode}` : signal);
    options.onEnd([how, ...tail.trim().split('\n').slice(-12)].join('\n').trim());
  });
  return {
    say: (message) => {
      if (child.stdin?.writable) child.stdin.write(`${JSON.stringify(message)}\n`);
    },
    async end() {
      child.stdin?.end();
      const timer = setTimeout(() => pid !== undefined && killGroup(pid, 'SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function parsed(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}
