import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** How a program went: what it printed as JSON on its last line, and the most memory that it held. */
export interface Measured<Result> {
  readonly result: Result;
  /** Bytes: resident set at its peak, mapped files included (VmHWM). */
  readonly peak: number;
  /** Bytes: anonymous memory at its peak, sampled (RssAnon); what mapped files cannot be blamed for. */
  readonly anonymous: number;
}

/** Most anonymous memory of a process, sampled every `everyMs`; call `stop` for the answer. Linux only: elsewhere 0. */
export function sampleMemory(pid: number, everyMs = 50): { stop: () => { peak: number; anonymous: number } } {
  let [peak, anonymous] = [0, 0];
  const sample = (): void => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      peak = Math.max(peak, kilobytes(status, 'VmHWM'));
      anonymous = Math.max(anonymous, kilobytes(status, 'RssAnon'));
    } catch {
      // It ended, or this is no Linux.
    }
  };
  sample();
  const timer = setInterval(sample, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      return { peak, anonymous };
    },
  };
}

function kilobytes(status: string, key: string): number {
  return 1024 * Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
}

/** This environment with a number of BLAS threads, and without settings that choose a kernel for OpenBLAS. */
export function withThreads(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _core, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
  const count = String(threads);
  return { ...env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count, MKL_NUM_THREADS: count };
}

/** Runs a program to its end. Throws with its last words where it fails. */
export async function measured<Result>(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Measured<Result>> {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const memory = sampleMemory(child.pid ?? 0);
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-4000);
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const peaks = memory.stop();
  if (code !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return { result: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Result, ...peaks };
}
