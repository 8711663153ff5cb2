import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { SkiagramError } from '../base/error.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { sameShape, sides } from './check-shape.ts';
import type { CallOptions, SpectrumEngine } from './engine.ts';
import { momentsOf } from './pair-moments.ts';
import { runTask } from './portable-task.ts';
import { readWeights } from './read-weights.ts';
import { notFinite, overflowed, truncated, unreadable, unsupported } from './refusals.ts';

interface Location {
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  readonly dtype: string;
  readonly rows: number;
  readonly cols: number;
}

/** Ends the call that it was given to, at the next place where that is possible. */
interface Stop {
  raise(): void;
}

/** What the Rust kernel exports; see native/src/lib.rs. */
export interface NativeBinding {
  readonly Stop: new () => Stop;
  spectrum(matrix: Location, stop: Stop): Promise<Float64Array>;
  pair(reference: Location, subject: Location, stop: Stop): Promise<Float64Array>;
  perturbed(matrix: Location, noiseNorm: number, seed: number, stop: Stop): Promise<Float64Array>;
  version(): string;
}

/** The kernel version this file was written for; another one has other arguments. */
const kernelVersion = '0.2.0';

/** The kernel built for this platform, or undefined where there is none that fits this Node and this file. */
export function loadNative(): NativeBinding | undefined {
  const file = fileURLToPath(
    new URL(`../../native/skiagram-native.${process.platform}-${process.arch}.node`, import.meta.url),
  );
  try {
    const binding = createRequire(import.meta.url)(file) as NativeBinding;
    return binding.version() === kernelVersion ? binding : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The engine behind the Rust kernel: memory-mapped tensors, one matrix a thread, `jobs` at once. An aborted call rejects
 * at once; its thread stops at the next block or finishes its decomposition, and keeps its place among the `jobs` until then.
 */
export function nativeEngine(binding: NativeBinding, jobs: number): SpectrumEngine {
  const queue = limited(jobs);
  const call = (
    tensors: readonly TensorLocation[],
    work: (stop: Stop) => Promise<Float64Array>,
    options?: CallOptions,
  ): Promise<Float64Array> => {
    const stop = new binding.Stop();
    const translatedWork = (): Promise<Float64Array> =>
      work(stop).catch((thrown: unknown) => Promise.reject(translated(thrown, tensors)));
    return queue(translatedWork, () => stop.raise(), options?.signal);
  };
  return {
    id: 'native',
    description: `native engine ${binding.version()} (Rust, faer), ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
    spectrum: async (matrix, options) => ({
      eigenvalues: await call([matrix], (stop) => binding.spectrum(located(matrix), stop), options),
    }),
    perturbed: async (matrix, noiseNorm, seed, options) => ({
      eigenvalues: await call(
        [matrix],
        (stop) => binding.perturbed(located(matrix), noiseNorm, seed >>> 0, stop),
        options,
      ),
    }),
    pair: async (reference, subject, options) => {
      sameShape(reference, subject);
      const sums = await call(
        [reference, subject],
        (stop) => binding.pair(located(reference), located(subject), stop),
        options,
      );
      const { rows, cols } = sides(reference);
      return momentsOf([rows * cols, ...sums]);
    },
    difference: async (reference, subject) => ({
      eigenvalues: (await runTask({ kind: 'difference', reference, subject })) as Float64Array,
    }),
    overlap: async (reference, subject, ranks) =>
      (await runTask({ kind: 'overlap', reference, subject, ranks })) as readonly number[],
    medianChange: async (reference, subject) => (await runTask({ kind: 'medianChange', reference, subject })) as number,
    weights: (matrix) => readWeights(matrix),
    close: async () => {},
  };
}

function located(tensor: TensorLocation): Location {
  const { file, begin, end, dtype } = tensor;
  return { file, begin, end, dtype, ...sides(tensor) };
}

type Queue = (
  work: () => Promise<Float64Array>,
  stop: () => void,
  signal: StopSignal | undefined,
) => Promise<Float64Array>;

/** Runs at most `jobs` calls at once, in the order in which they were asked for; an aborted one rejects at once. */
function limited(jobs: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  const next = (): void => {
    while (running < jobs && waiting.length > 0) waiting.shift()?.();
  };
  return (work, stop, signal) =>
    new Promise((resolve, reject) => {
      const settle = (action: () => void): void => {
        signal?.removeEventListener('abort', abort);
        action();
      };
      const start = (): void => {
        running++;
        work()
          .then(
            (values) => settle(() => resolve(values)),
            (thrown) => settle(() => reject(thrown)),
          )
          .finally(() => {
            running--;
            next();
          });
      };
      const abort = (): void => {
        const place = waiting.indexOf(start);
        if (place >= 0) waiting.splice(place, 1);
        stop();
        settle(() => reject(signal?.reason));
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', abort, { once: true });
      waiting.push(start);
      next();
    });
}

/** `tensor|code|detail…` of the kernel as the error the engine port promises. */
function translated(thrown: unknown, tensors: readonly TensorLocation[]): unknown {
  const [index, code, ...details] = (thrown instanceof Error ? thrown.message : String(thrown)).split('|');
  const { name, file, dtype } = tensors[Number(index)] ?? { name: 'unknown', file: 'unknown', dtype: 'unknown' };
  if (code === 'weights-not-finite') return notFinite(name, Number(details[0]), Number(details[1]), Number(details[2]));
  if (code === 'dtype-unsupported') return unsupported(details[0] ?? dtype, name);
  if (code === 'file-truncated') return truncated(name, file);
  if (code === 'file-unreadable') return unreadable(file, details.join('|'));
  if (code === 'weights-too-large') return overflowed(name);
  if (code === 'internal')
    return new SkiagramError({
      code: 'engine-failed',
      message: `The native engine failed on "${name}": ${details.join('|')}.`,
      hint: 'Try --engine portable, and report it.',
    });
  return thrown;
}
