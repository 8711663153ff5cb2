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

/** A matrix as the kernel takes it; numbers of elements and bytes, see native/src/arguments.rs. */
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

/** Opaque to us. */
type Team = object;

/** What the Rust kernel exports; see native/src/lib.rs. */
export interface NativeBinding {
  readonly Stop: new () => Stop;
  /** Threads that calls have between them. */
  readonly Team: new (
    threads: number,
  ) => Team;
  spectrum(matrix: Location, team: Team, stop: Stop): Promise<Float64Array>;
  perturbed(matrix: Location, noiseNorm: number, seed: number, team: Team, stop: Stop): Promise<Float64Array>;
  shuffled(matrix: Location, seed: number, team: Team, stop: Stop): Promise<Float64Array>;
  difference(reference: Location, subject: Location, team: Team, stop: Stop): Promise<Float64Array>;
  overlap(
    reference: Location,
    subject: Location,
    ranks: readonly number[],
    team: Team,
    stop: Stop,
  ): Promise<Float64Array>;
  pair(reference: Location, subject: Location, team: Team, stop: Stop): Promise<Float64Array>;
  medianChange(reference: Location, subject: Location, team: Team, stop: Stop): Promise<Float64Array>;
  version(): string;
}

/** The kernel version this file was written for; another one has other arguments. */
const kernelVersion = '0.4.0';

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
 * The engine behind the Rust kernel: tensors read stretch by stretch, one matrix a thread and `jobs` at once; where fewer are
 * left than threads, those help with them. An aborted call rejects at once; its thread stops at the next step and
 * keeps its place among the `jobs` until then.
 */
export function nativeEngine(binding: NativeBinding, jobs: number): SpectrumEngine {
  const queue = limited(jobs);
  const team = new binding.Team(jobs);
  const call = (
    tensors: readonly TensorLocation[],
    options: CallOptions | undefined,
    work: (stop: Stop, locations: readonly [Location, Location]) => Promise<Float64Array>,
  ): Promise<Float64Array> => {
    const stop = new binding.Stop();
    const [first, last] = [tensors[0], tensors.at(-1)];
    if (!first || !last) throw new Error('A call to the kernel needs a tensor.');
    const locations = [located(first), located(last)] as const;
    return queue(
      () => work(stop, locations).catch((thrown: unknown) => Promise.reject(translated(thrown, tensors))),
      () => stop.raise(),
      options?.signal,
    );
  };
  const pair = async (
    reference: TensorLocation,
    subject: TensorLocation,
    options: CallOptions | undefined,
    work: (before: Location, after: Location, stop: Stop) => Promise<Float64Array>,
  ): Promise<Float64Array> => {
    sameShape(reference, subject);
    return call([reference, subject], options, (stop, [before, after]) => work(before, after, stop));
  };
  return {
    id: 'native',
    description: `native engine ${binding.version()} (Rust), ${jobs} ${jobs === 1 ? 'thread' : 'threads'}`,
    spectrum: async (matrix, options) => ({
      eigenvalues: await call([matrix], options, (stop, [own]) => binding.spectrum(own, team, stop)),
    }),
    perturbed: async (matrix, noiseNorm, seed, options) => ({
      eigenvalues: await call([matrix], options, (stop, [own]) =>
        binding.perturbed(own, noiseNorm, seed >>> 0, team, stop),
      ),
    }),
    shuffled: async (matrix, seed, options) => ({
      eigenvalues: await call([matrix], options, (stop, [own]) => binding.shuffled(own, seed >>> 0, team, stop)),
    }),
    difference: async (reference, subject, options) => ({
      eigenvalues: await pair(reference, subject, options, (before, after, stop) =>
        binding.difference(before, after, team, stop),
      ),
    }),
    overlap: async (reference, subject, ranks, options) => [
      ...(await pair(reference, subject, options, (before, after, stop) =>
        binding.overlap(before, after, ranks, team, stop),
      )),
    ],
    medianChange: async (reference, subject, options) => {
      const [median] = await pair(reference, subject, options, (before, after, stop) =>
        binding.medianChange(before, after, team, stop),
      );
      return median ?? Number.NaN;
    },
    pair: async (reference, subject, options) => {
      const sums = await pair(reference, subject, options, (before, after, stop) =>
        binding.pair(before, after, team, stop),
      );
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
