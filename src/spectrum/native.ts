import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { SkiagramError } from '../base/error.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import type { TensorLocation, TensorView } from '../checkpoint/checkpoint.ts';
import { sameShape, sides } from './check-shape.ts';
import type { CallOptions, SpectrumEngine } from './engine.ts';
import { momentsOf } from './pair-moments.ts';
import { readWeights } from './read-weights.ts';
import { inconsistent, notFinite, overflowed, truncated, unreadable, unsupported } from './refusals.ts';

/** A matrix as the kernel takes it; numbers of elements and bytes, see native/src/tensor.rs. */
interface Location {
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  readonly dtype: string;
  readonly rows: number;
  readonly cols: number;
  readonly view?: TensorView;
  /** At most one. */
  readonly scaled: readonly { readonly scale: Location; readonly blockRows: number; readonly blockCols: number }[];
  readonly updates: readonly { readonly a: Location; readonly b: Location; readonly factor: number }[];
}

/** Ends the call that it was given to, at the next place where that is possible. */
interface Stop {
  raise(): void;
}

/** What the Rust kernel exports; see native/src/lib.rs. */
export interface NativeBinding {
  readonly Stop: new () => Stop;
  spectrum(matrix: Location, threads: number, stop: Stop): Promise<Float64Array>;
  perturbed(matrix: Location, noiseNorm: number, seed: number, threads: number, stop: Stop): Promise<Float64Array>;
  shuffled(matrix: Location, seed: number, threads: number, stop: Stop): Promise<Float64Array>;
  difference(reference: Location, subject: Location, threads: number, stop: Stop): Promise<Float64Array>;
  overlap(
    reference: Location,
    subject: Location,
    ranks: readonly number[],
    threads: number,
    stop: Stop,
  ): Promise<Float64Array>;
  pair(reference: Location, subject: Location, stop: Stop): Promise<Float64Array>;
  medianChange(reference: Location, subject: Location, stop: Stop): Promise<Float64Array>;
  version(): string;
}

/** The kernel version this file was written for; another one has other arguments. */
const kernelVersion = '0.3.0';

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
 * The engine behind the Rust kernel: tensors read stretch by stretch, one matrix a thread and `jobs` at once; where fewer
 * are left than threads, several threads a matrix. An aborted call rejects at once; its thread stops at the next step and
 * keeps its place among the `jobs` until then.
 */
export function nativeEngine(binding: NativeBinding, jobs: number): SpectrumEngine {
  const queue = limited(jobs);
  const call = (
    tensors: readonly TensorLocation[],
    options: CallOptions | undefined,
    work: (stop: Stop, threads: number, locations: readonly [Location, Location]) => Promise<Float64Array>,
  ): Promise<Float64Array> => {
    const stop = new binding.Stop();
    const [first, last] = [tensors[0], tensors.at(-1)];
    if (!first || !last) throw new Error('A call to the kernel needs a tensor.');
    const locations = [located(first), located(last)] as const;
    return queue(
      (threads) =>
        work(stop, threads, locations).catch((thrown: unknown) => Promise.reject(translated(thrown, tensors))),
      () => stop.raise(),
      options?.signal,
    );
  };
  const pair = async (
    reference: TensorLocation,
    subject: TensorLocation,
    options: CallOptions | undefined,
    work: (before: Location, after: Location, stop: Stop, threads: number) => Promise<Float64Array>,
  ): Promise<Float64Array> => {
    sameShape(reference, subject);
    return call([reference, subject], options, (stop, threads, [before, after]) => work(before, after, stop, threads));
  };
  return {
    id: 'native',
    description: `native engine ${binding.version()} (Rust), ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
    spectrum: async (matrix, options) => ({
      eigenvalues: await call([matrix], options, (stop, threads, [own]) => binding.spectrum(own, threads, stop)),
    }),
    perturbed: async (matrix, noiseNorm, seed, options) => ({
      eigenvalues: await call([matrix], options, (stop, threads, [own]) =>
        binding.perturbed(own, noiseNorm, seed >>> 0, threads, stop),
      ),
    }),
    shuffled: async (matrix, seed, options) => ({
      eigenvalues: await call([matrix], options, (stop, threads, [own]) =>
        binding.shuffled(own, seed >>> 0, threads, stop),
      ),
    }),
    difference: async (reference, subject, options) => ({
      eigenvalues: await pair(reference, subject, options, (before, after, stop, threads) =>
        binding.difference(before, after, threads, stop),
      ),
    }),
    overlap: async (reference, subject, ranks, options) => [
      ...(await pair(reference, subject, options, (before, after, stop, threads) =>
        binding.overlap(before, after, ranks, threads, stop),
      )),
    ],
    medianChange: async (reference, subject, options) => {
      const [median] = await pair(reference, subject, options, (before, after, stop) =>
        binding.medianChange(before, after, stop),
      );
      return median ?? Number.NaN;
    },
    pair: async (reference, subject, options) => {
      const sums = await pair(reference, subject, options, (before, after, stop) => binding.pair(before, after, stop));
      const { rows, cols } = sides(reference);
      return momentsOf([rows * cols, ...sums]);
    },
    weights: (matrix) => readWeights(matrix),
    close: async () => {},
  };
}

function located(tensor: TensorLocation): Location {
  const { file, begin, end, dtype, view, scaled, updates = [] } = tensor;
  return {
    file,
    begin,
    end,
    dtype,
    ...sides(tensor),
    ...(view ? { view } : {}),
    scaled: scaled ? [{ scale: factors(scaled.scale), blockRows: scaled.blockRows, blockCols: scaled.blockCols }] : [],
    updates: updates.map(({ a, b, factor }) => ({ a: located(a), b: located(b), factor })),
  };
}

/** Factors may be one number or one a row; as a matrix they are a column. */
function factors(tensor: TensorLocation): Location {
  const [rows = 1, cols = 1] = tensor.shape;
  return located({ ...tensor, shape: [rows, cols] });
}

type Queue = (
  work: (threads: number) => Promise<Float64Array>,
  stop: () => void,
  signal: StopSignal | undefined,
) => Promise<Float64Array>;

/**
 * Runs at most `jobs` calls at once, in the order in which they were asked for; an aborted one rejects at once. A call gets its
 * share of the threads: one while enough calls wait, more for the last ones.
 */
function limited(jobs: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  let scheduled = false;
  const next = (): void => {
    scheduled = false;
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
        work(Math.max(1, Math.floor(jobs / (running + waiting.length))))
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
      // Calls made in one go are all counted before the first one gets its threads.
      if (!scheduled) queueMicrotask(next);
      scheduled = true;
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
  if (code === 'tensor-inconsistent') return inconsistent(name, details.join('|'));
  if (code === 'weights-too-large') return overflowed(name);
  if (code === 'internal')
    return new SkiagramError({
      code: 'engine-failed',
      message: `The native engine failed on "${name}": ${details.join('|')}.`,
      hint: 'Try --engine portable, and report it.',
    });
  return thrown;
}
