import { Worker } from 'node:worker_threads';
import { type ErrorInfo, SkiagramError } from '../base/error.ts';
import type { CallOptions, PairMoments, SpectrumEngine } from './engine.ts';
import type { PortableTask } from './portable-task.ts';
import { readWeights } from './read-weights.ts';

interface Waiting {
  readonly task: PortableTask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The engine that needs no compiler: TypeScript and ml-matrix on worker threads. Correct and slow; the oracle of tests
 * and the fallback. An aborted call rejects at once; the worker that held it is ended and replaced.
 */
export function portableEngine(jobs: number): SpectrumEngine {
  const pool = new WorkerPool(jobs);
  return {
    id: 'portable',
    description: `portable engine (TypeScript, ml-matrix), ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
    spectrum: async (matrix, options) => ({
      eigenvalues: await pool.run<Float64Array>({ kind: 'spectrum', matrix }, options),
    }),
    pair: (reference, subject, options) => pool.run<PairMoments>({ kind: 'pair', reference, subject }, options),
    perturbed: async (reference, noiseNorm, seed, options) => ({
      eigenvalues: await pool.run<Float64Array>({ kind: 'perturbed', reference, noiseNorm, seed }, options),
    }),
    difference: async (reference, subject, options) => ({
      eigenvalues: await pool.run<Float64Array>({ kind: 'difference', reference, subject }, options),
    }),
    overlap: (reference, subject, ranks, options) =>
      pool.run<readonly number[]>({ kind: 'overlap', reference, subject, ranks }, options),
    medianChange: (reference, subject, options) =>
      pool.run<number>({ kind: 'medianChange', reference, subject }, options),
    weights: (matrix) => readWeights(matrix),
    shuffled: async (matrix, seed, options) => ({
      eigenvalues: await pool.run<Float64Array>({ kind: 'shuffled', matrix, seed }, options),
    }),
    close: () => pool.close(),
  };
}

class WorkerPool {
  private readonly jobs: number;
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Waiting>();
  private readonly queue: Waiting[] = [];

  constructor(jobs: number) {
    this.jobs = jobs;
  }

  run<Result>(task: PortableTask, { signal }: CallOptions = {}): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const waiting: Waiting = {
        task,
        resolve: (result) => {
          signal?.removeEventListener('abort', stop);
          resolve(result as Result);
        },
        reject: (reason) => {
          signal?.removeEventListener('abort', stop);
          reject(reason);
        },
      };
      const stop = (): void => this.abandon(waiting, signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      this.queue.push(waiting);
      this.next();
    });
  }

  async close(): Promise<void> {
    const workers = [...this.idle, ...this.busy.keys()];
    const left = [...this.queue.splice(0), ...this.busy.values()];
    this.idle.length = 0;
    this.busy.clear();
    for (const waiting of left) waiting.reject(new Error('The engine was closed.'));
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private next(): void {
    while (this.queue.length > 0 && this.busy.size < this.jobs) {
      const worker = this.idle.pop() ?? this.start();
      const waiting = this.queue.shift();
      if (!waiting) return;
      this.busy.set(worker, waiting);
      worker.ref();
      worker.postMessage({ id: 0, task: waiting.task });
    }
  }

  private start(): Worker {
    const suffix = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    const worker = new Worker(new URL(`./portable-worker.${suffix}`, import.meta.url));
    worker.on('message', (message: { result?: unknown; error?: ErrorInfo }) => {
      const waiting = this.busy.get(worker);
      // An answer that crossed with an abort comes from a worker that is already being ended.
      if (!waiting) return;
      this.busy.delete(worker);
      worker.unref();
      this.idle.push(worker);
      if (message.error) waiting.reject(asError(message.error));
      else waiting.resolve(message.result);
      this.next();
    });
    worker.on('error', (error) => {
      const waiting = this.busy.get(worker);
      this.busy.delete(worker);
      waiting?.reject(error);
      this.next();
    });
    return worker;
  }

  private abandon(waiting: Waiting, reason: unknown): void {
    const queued = this.queue.indexOf(waiting);
    if (queued >= 0) this.queue.splice(queued, 1);
    for (const [worker, held] of this.busy) {
      if (held !== waiting) continue;
      this.busy.delete(worker);
      void worker.terminate();
    }
    waiting.reject(reason);
    this.next();
  }
}

function asError({ code, message, hint, cause }: ErrorInfo): SkiagramError {
  return new SkiagramError({
    code,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(cause === undefined ? {} : { cause }),
  });
}
