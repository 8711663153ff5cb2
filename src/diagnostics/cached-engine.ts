import type { TensorLocation, TensorScale, TensorView } from '../checkpoint/checkpoint.ts';
import type { CallOptions, PairMoments, SpectrumEngine } from '../spectrum/engine.ts';
import { kernelVersions } from '../spectrum/kernel-versions.ts';
import { momentNames, momentsOf } from '../spectrum/pair-moments.ts';
import type { SpectrumCache } from './spectrum-cache.ts';

/** An engine whose results are kept: each question is asked at most once. */
export interface CachedEngine {
  /** Ascending eigenvalues of WᵀW. */
  spectrum(tensor: TensorLocation): Promise<Float64Array>;
  moments(reference: TensorLocation, subject: TensorLocation): Promise<PairMoments>;
  /** Ascending eigenvalues of the perturbed reference. */
  perturbed(reference: TensorLocation, noiseNorm: number, seed: number): Promise<Float64Array>;
  /** Ascending eigenvalues of ΔᵀΔ, Δ = W − W₀. */
  difference(reference: TensorLocation, subject: TensorLocation): Promise<Float64Array>;
  /** Mean squared cosine of the leading spaces, for each of `ranks`. */
  overlap(reference: TensorLocation, subject: TensorLocation, ranks: readonly number[]): Promise<Float64Array>;
  /** Median over the entries of |w − w₀|/|w₀|; infinite where most entries left zero, which is not kept. */
  medianChange(reference: TensorLocation, subject: TensorLocation): Promise<number>;
}

/** The cache itself failed (full disk): no matter of one matrix. `cause` is the cache's own error. */
export class CacheFailure extends Error {}

export function cachedEngine(
  engine: SpectrumEngine,
  cache: SpectrumCache | undefined,
  options: CallOptions,
): CachedEngine {
  const kernel = `${engine.id}@${kernelVersions[engine.id]}`;
  const running = new Map<string, Promise<Float64Array>>();
  /** Equal weights (tied embeddings, frozen layers) that are asked for at once are computed once. */
  const keep = (key: string, length: number, compute: () => Promise<Float64Array>): Promise<Float64Array> => {
    const begun = running.get(key) ?? obtain(key, length, compute).finally(() => running.delete(key));
    running.set(key, begun);
    return begun;
  };
  const obtain = async (key: string, length: number, compute: () => Promise<Float64Array>): Promise<Float64Array> => {
    const kept = await attempt(cache?.get(key));
    if (kept?.length === length && kept.every(Number.isFinite)) return kept;
    const computed = await compute();
    await attempt(cache?.set(key, computed));
    return computed;
  };
  return {
    spectrum: (tensor) =>
      keep(
        `spectrum:${kernel}:${tensorKey(tensor)}`,
        shortSide(tensor),
        async () => (await engine.spectrum(tensor, options)).eigenvalues,
      ),
    moments: async (reference, subject) => {
      const values = await keep(
        `pair:${kernel}:${tensorKey(reference)}:${tensorKey(subject)}`,
        momentNames.length,
        async () => {
          const moments = await engine.pair(reference, subject, options);
          return Float64Array.from(momentNames, (name) => moments[name]);
        },
      );
      return momentsOf(values);
    },
    perturbed: (reference, noiseNorm, seed) =>
      keep(
        `null:${kernel}:${tensorKey(reference)}:${noiseNorm}:${seed}`,
        shortSide(reference),
        async () => (await engine.perturbed(reference, noiseNorm, seed, options)).eigenvalues,
      ),
    difference: (reference, subject) =>
      keep(
        `difference:${kernel}:${tensorKey(reference)}:${tensorKey(subject)}`,
        shortSide(reference),
        async () => (await engine.difference(reference, subject, options)).eigenvalues,
      ),
    overlap: (reference, subject, ranks) =>
      keep(
        `overlap:${kernel}:${tensorKey(reference)}:${tensorKey(subject)}:${ranks.join('-')}`,
        ranks.length,
        async () => Float64Array.from(await engine.overlap(reference, subject, ranks, options)),
      ),
    medianChange: async (reference, subject) => {
      const [value = 0] = await keep(`median:${kernel}:${tensorKey(reference)}:${tensorKey(subject)}`, 1, async () =>
        Float64Array.of(await engine.medianChange(reference, subject, options)),
      );
      return value;
    },
  };
}

/** Content of a tensor as text; where its bytes were not hashed, its place. Parts and uses of the same bytes differ. */
function tensorKey({ sha256, dtype, shape, file, begin, view, scaled, updates = [] }: TensorLocation): string {
  return [
    `${sha256 ?? `${file}@${begin}`}-${dtype}-${shape.join('x')}`,
    ...(view ? [viewKey(view)] : []),
    ...(scaled ? [scaleKey(scaled)] : []),
    ...updates.map(({ a, b, factor }) => `add(${factor},${tensorKey(b)},${tensorKey(a)})`),
  ].join('-');
}

function viewKey({ offset, rows, cols }: TensorView): string {
  const axes = (list: TensorView['rows']): string => list.map(({ size, stride }) => `${size}*${stride}`).join('.');
  return `view(${offset},${axes(rows)},${axes(cols)})`;
}

function scaleKey({ scale, blockRows, blockCols }: TensorScale): string {
  return `scale(${tensorKey(scale)},${blockRows}x${blockCols})`;
}

function shortSide({ shape }: TensorLocation): number {
  return Math.min(...shape);
}

async function attempt<Value>(work: Promise<Value> | undefined): Promise<Value | undefined> {
  try {
    return await work;
  } catch (cause) {
    throw new CacheFailure('The spectrum cache failed.', { cause });
  }
}
