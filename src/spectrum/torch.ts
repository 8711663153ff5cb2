import { SkiagramError } from '../base/error.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { sameShape, sides } from './check-shape.ts';
import type { CallOptions, Spectrum, SpectrumEngine } from './engine.ts';
import { momentsOf } from './pair-moments.ts';
import { portableEngine } from './portable.ts';
import { readWeights } from './read-weights.ts';
import { deviceMemory, engineFailed, notFinite, overflowed, truncated, unreadable, unsupported } from './refusals.ts';
import { type Hello, type Message, startTorch, type TorchProcess } from './torch-process.ts';

export interface TorchOptions {
  /** A Python program. */
  readonly python: string;
  /** Threads of the CPU; of no matter on CUDA. */
  readonly threads: number;
  readonly device?: 'auto' | 'cpu' | 'cuda';
  /** Matrices of one size that are decomposed at once; 16 on CUDA and 1 elsewhere when left out. */
  readonly batch?: number;
}

/** Why there is no torch engine behind a Python: it has no torch, or did not come up. `reason` is one sentence. */
export interface NoTorch {
  readonly reason: string;
}

/** Longest time that loading torch may take; a cold disk takes tens of seconds, a stuck driver for ever. */
const helloMs = 180_000;

interface Call {
  readonly id: number;
  readonly request: object;
  readonly tensors: readonly TensorLocation[];
  readonly resolve: (values: Float64Array) => void;
  readonly reject: (reason: unknown) => void;
  started: boolean;
}

/**
 * The engine behind a Python worker with torch: float64 on CUDA, or on the CPU. Calls are sent at once and answered in the order of
 * arrival; an aborted one rejects at once, and the worker drops it or, where it is at work on it, its answer.
 *
 * A worker that dies is started again once: what it was at work on rejects with `engine-failed` and its last words, what
 * waited is sent again. After a second death every call rejects.
 *
 * `device` says what the worker found. Answers `NoTorch`, and throws nothing, where the worker does not come up.
 */
export async function torchEngine(
  options: TorchOptions,
): Promise<(SpectrumEngine & { device: Hello['device'] }) | NoTorch> {
  const worker = new TorchWorker(options);
  const hello = await worker.hello;
  if ('reason' in hello) {
    await worker.close();
    return hello;
  }
  const ask = async (
    kind: string,
    tensors: readonly TensorLocation[],
    { signal }: CallOptions = {},
    more: object = {},
  ): Promise<Float64Array> => {
    for (const tensor of tensors) sides(tensor);
    const [reference, subject] = tensors;
    if (reference && subject) sameShape(reference, subject);
    return worker.call({ kind, tensors, ...more }, tensors, signal);
  };
  // Types that only this package unpacks (GGUF's blocks): right, if slow, rather than refused.
  let fallback: SpectrumEngine | undefined;
  const either = <Result>(own: Promise<Result>, other: (engine: SpectrumEngine) => Promise<Result>): Promise<Result> =>
    own.catch((error: unknown) => {
      if (!(error instanceof SkiagramError) || error.code !== 'dtype-unsupported') throw error;
      fallback ??= portableEngine(options.threads);
      return other(fallback);
    });
  const eigenvalues = async (values: Promise<Float64Array>): Promise<Spectrum> => ({ eigenvalues: await values });
  const place = hello.device === 'cuda' ? `CUDA, ${hello.name}` : hello.name;
  return {
    id: 'torch',
    device: hello.device,
    description: `torch engine (torch ${hello.torch}, ${place})`,
    spectrum: (matrix, call) =>
      either(eigenvalues(ask('spectrum', [matrix], call)), (engine) => engine.spectrum(matrix, call)),
    pair: (reference, subject, call) =>
      either(
        ask('pair', [reference, subject], call).then((sums) => {
          const { rows, cols } = sides(reference);
          return momentsOf([rows * cols, ...sums]);
        }),
        (engine) => engine.pair(reference, subject, call),
      ),
    perturbed: (reference, noiseNorm, seed, call) =>
      either(eigenvalues(ask('perturbed', [reference], call, { noiseNorm, seed: seed >>> 0 })), (engine) =>
        engine.perturbed(reference, noiseNorm, seed, call),
      ),
    difference: (reference, subject, call) =>
      either(eigenvalues(ask('difference', [reference, subject], call)), (engine) =>
        engine.difference(reference, subject, call),
      ),
    overlap: (reference, subject, ranks, call) =>
      either(
        ask('overlap', [reference, subject], call, { ranks }).then((shares) => [...shares]),
        (engine) => engine.overlap(reference, subject, ranks, call),
      ),
    medianChange: (reference, subject, call) =>
      either(
        ask('medianChange', [reference, subject], call).then(([median = Number.NaN]) => median),
        (engine) => engine.medianChange(reference, subject, call),
      ),
    weights: (matrix) => readWeights(matrix),
    async close() {
      await Promise.all([worker.close(), fallback?.close()]);
    },
  };
}

class TorchWorker {
  /** What the first worker said when it came up. */
  readonly hello: Promise<Hello | NoTorch>;
  private readonly options: TorchOptions;
  private readonly calls = new Map<number, Call>();
  private process: TorchProcess;
  private lives = 2;
  private closed = false;
  private lastWords = '';
  private answerHello: (hello: Hello | NoTorch) => void = () => {};
  private lastId = 0;

  constructor(options: TorchOptions) {
    this.options = options;
    this.hello = new Promise((resolve) => {
      this.answerHello = resolve;
    });
    this.process = this.start();
    const timer = setTimeout(
      () => this.answerHello({ reason: `${options.python} did not bring up torch in ${helloMs / 1000} s.` }),
      helloMs,
    );
    void this.hello.then(() => clearTimeout(timer));
  }

  call(request: object, tensors: readonly TensorLocation[], signal: CallOptions['signal']): Promise<Float64Array> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (this.closed) return reject(new Error('The engine was closed.'));
      if (this.lives === 0) return reject(engineFailed('torch', tensors[0]?.name ?? '', this.lastWords));
      const id = ++this.lastId;
      const settle = (action: () => void): void => {
        signal?.removeEventListener('abort', stop);
        this.calls.delete(id);
        action();
      };
      const stop = (): void => {
        this.process.say({ cancel: id });
        settle(() => reject(signal?.reason));
      };
      const call: Call = {
        id,
        request,
        tensors,
        started: false,
        resolve: (values) => settle(() => resolve(values)),
        reject: (reason) => settle(() => reject(reason)),
      };
      this.calls.set(id, call);
      signal?.addEventListener('abort', stop, { once: true });
      this.process.say({ id, ...request });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const call of [...this.calls.values()]) call.reject(new Error('The engine was closed.'));
    await this.process.end();
  }

  private start(): TorchProcess {
    const { python, threads, device = 'auto', batch } = this.options;
    let greeted = false;
    return startTorch({
      python,
      threads,
      device,
      batch,
      onMessage: (message) => {
        if (message.hello) {
          greeted = true;
          this.answerHello(message.hello);
        } else if (message.id === undefined)
          this.answerHello({ reason: `${python} has no torch: ${message.error?.details.join(' ') ?? ''}` });
        else this.receive(message, message.id);
      },
      onEnd: (why) => {
        this.answerHello({ reason: `${python} did not bring up torch: ${why}` });
        if (!this.closed) this.recover(why, greeted);
      },
    });
  }

  private receive({ started, values, error }: Message, id: number): void {
    const call = this.calls.get(id);
    // Answers to aborted calls cross with their cancellation.
    if (!call) return;
    if (started) call.started = true;
    else if (values !== undefined) call.resolve(decoded(values));
    else if (error) call.reject(translated(error, call.tensors));
  }

  private recover(why: string, greeted: boolean): void {
    this.lastWords = why;
    this.lives = greeted ? this.lives - 1 : 0;
    for (const call of [...this.calls.values()])
      if (call.started || this.lives === 0) call.reject(engineFailed('torch', call.tensors[0]?.name ?? '', why));
    if (this.lives === 0) return;
    this.process = this.start();
    for (const { id, request } of this.calls.values()) this.process.say({ id, ...request });
  }
}

function decoded(base64: string): Float64Array {
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
  return new Float64Array(bytes.buffer);
}

/** The worker's code and details as the error that the engine port promises. */
function translated(
  { code, tensor = 0, details }: NonNullable<Message['error']>,
  tensors: readonly TensorLocation[],
): SkiagramError {
  const { name, file, dtype } = tensors[tensor] ?? { name: 'unknown', file: 'unknown', dtype: 'unknown' };
  const [first, second, third] = details;
  switch (code) {
    case 'weights-not-finite':
      return notFinite(name, Number(first), Number(second), Number(third));
    case 'dtype-unsupported':
      return unsupported(String(first ?? dtype), name);
    case 'file-truncated':
      return truncated(name, file);
    case 'file-unreadable':
      return unreadable(file, String(first));
    case 'weights-too-large':
      return overflowed(name);
    case 'device-memory':
      return deviceMemory(name, String(first));
    default:
      return engineFailed('torch', name, String(first ?? code));
  }
}
