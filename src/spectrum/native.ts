import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { SkiagramError } from '../base/error.ts';
import type { StopSignal } from '../base/stop-signal.ts';
import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import { notFinite, unsupported } from './decode.ts';
import type { SpectrumEngine } from './engine.ts';
import { truncated } from './portable-task.ts';

interface Location {
  readonly file: string;
  readonly begin: number;
  readonly end: number;
  readonly dtype: string;
  readonly rows: number;
  readonly cols: number;
}

/** What the Rust kernel exports; see native/src/lib.rs. */
export interface NativeBinding {
  spectrum(matrix: Location): Promise<Float64Array>;
  pair(reference: Location, subject: Location): Promise<Float64Array>;
  perturbed(matrix: Location, noiseNorm: number, seed: number): Promise<Float64Array>;
  version(): string;
}

/** The kernel built for this platform, or undefined where there is none (or one for another Node or C library). */
export function loadNative(): NativeBinding | undefined {
  const file = fileURLToPath(
    new URL(`../../native/skiagram-native.${process.platform}-${process.arch}.node`, import.meta.url),
  );
  try {
    return createRequire(import.meta.url)(file) as NativeBinding;
  } catch {
    return undefined;
  }
}

/**
 * The engine behind the Rust kernel: memory-mapped tensors, one matrix a thread, `jobs` at once. An aborted call rejects
 * at once; a matrix that is already in the kernel is finished there and its result dropped.
 */
export function nativeEngine(binding: NativeBinding, jobs: number): SpectrumEngine {
  const queue = limited(jobs);
  return {
    id: 'native',
    description: `native engine ${binding.version()} (Rust, faer), ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
    spectrum: async (matrix, options) => ({
      eigenvalues: await queue(() => binding.spectrum(located(matrix)), [matrix], options?.signal),
    }),
    perturbed: async (matrix, noiseNorm, seed, options) => ({
      eigenvalues: await queue(
        () => binding.perturbed(located(matrix), noiseNorm, seed >>> 0),
        [matrix],
        options?.signal,
      ),
    }),
    pair: async (reference, subject, options) => {
      const sums = await queue(
        () => binding.pair(located(reference), located(subject)),
        [reference, subject],
        options?.signal,
      );
      const [
        sumReference,
        sumSubject,
        squaresReference,
        squaresSubject,
        product,
        sumDelta,
        squaresDelta,
        absoluteDelta,
      ] = sums as unknown as [number, number, number, number, number, number, number, number];
      return {
        n: reference.shape.reduce((total, side) => total * side, 1),
        sumReference,
        sumSubject,
        squaresReference,
        squaresSubject,
        product,
        sumDelta,
        squaresDelta,
        absoluteDelta,
      };
    },
    close: async () => {},
  };
}

function located({ file, begin, end, dtype, shape: [rows = 0, cols = 0] }: TensorLocation): Location {
  return { file, begin, end, dtype, rows, cols };
}

type Queue = (
  work: () => Promise<Float64Array>,
  tensors: readonly TensorLocation[],
  signal: StopSignal | undefined,
) => Promise<Float64Array>;

/** Runs at most `jobs` calls at once, in the order in which they were asked for. */
function limited(jobs: number): Queue {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work, tensors, signal) => {
    if (running >= jobs) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      signal?.throwIfAborted();
      return await (signal ? orStopped(work(), signal) : work());
    } catch (thrown) {
      signal?.throwIfAborted();
      throw translated(thrown, tensors);
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}

/** The result, or the signal's reason as soon as it fires. */
function orStopped(work: Promise<Float64Array>, signal: StopSignal): Promise<Float64Array> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** `code|detail|…` of the kernel as the error the engine port promises. */
function translated(thrown: unknown, tensors: readonly TensorLocation[]): unknown {
  const [code, ...details] = (thrown instanceof Error ? thrown.message : String(thrown)).split('|');
  const { name, file, dtype } = tensors[0] ?? { name: 'unknown', file: 'unknown', dtype: 'unknown' };
  if (code === 'weights-not-finite') return notFinite(name, Number(details[0]), Number(details[1]), Number(details[2]));
  if (code === 'dtype-unsupported') return unsupported(details[0] ?? dtype, name);
  if (code === 'file-truncated') return truncated(name, file);
  if (code === 'file-unreadable')
    return new SkiagramError({
      code,
      message: `${file} could not be read: ${details.join('|')}.`,
      hint: 'Check that the file is still there and readable.',
    });
  return thrown;
}
