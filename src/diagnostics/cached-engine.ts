import type { Axis, TensorLocation } from '../checkpoint/checkpoint.ts';
import type { CallOptions, PairMoments, SpectrumEngine } from '../spectrum/engine.ts';
import { momentNames, momentsOf } from '../spectrum/pair-moments.ts';
import type { SpectrumCache } from './spectrum-cache.ts';

/** An engine whose results are kept: the same three questions, each asked at most once. */
export interface CachedEngine {
  /** Ascending eigenvalues of WᵀW. */
  spectrum(tensor: TensorLocation): Promise<Float64Array>;
  moments(reference: TensorLocation, subject: TensorLocation): Promise<PairMoments>;
  /** Ascending eigenvalues of the perturbed reference. */
  perturbed(reference: TensorLocation, noiseNorm: number, seed: number): Promise<Float64Array>;
}

/** The cache itself failed (full disk): no matter of one matrix. `cause` is the cache's own error. */
export class CacheFailure extends Error {}

export function cachedEngine(
  engine: SpectrumEngine,
  cache: SpectrumCache | undefined,
  options: CallOptions,
): CachedEngine {
  const keep = async (key: string, length: number, compute: () => Promise<Float64Array>): Promise<Float64Array> => {
    const kept = await attempt(cache?.get(key));
    if (kept?.length === length && kept.every(Number.isFinite)) return kept;
    const computed = await compute();
    await attempt(cache?.set(key, computed));
    return computed;
  };
  return {
    spectrum: (tensor) =>
      keep(
        `spectrum:${engine.id}:${tensorKey(tensor)}`,
        shortSide(tensor),
        async () => (await engine.spectrum(tensor, options)).eigenvalues,
      ),
    moments: async (reference, subject) => {
      const values = await keep(
        `pair:${engine.id}:${tensorKey(reference)}:${tensorKey(subject)}`,
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
        `null:${engine.id}:${tensorKey(reference)}:${noiseNorm}:${seed}`,
        shortSide(reference),
        async () => (await engine.perturbed(reference, noiseNorm, seed, options)).eigenvalues,
      ),
  };
}

/** Content of a matrix as text: its stored bytes, and view, scales and updates where it has any. */
function tensorKey(tensor: TensorLocation): string {
  const { sha256, dtype, shape, file, begin, view, scaled, updates } = tensor;
  const plain = `${sha256 ?? `${file}@${begin}`}-${dtype}-${shape.join('x')}`;
  return [
    plain,
    ...(view ? [`view:${view.offset}:${axes(view.rows)}:${axes(view.cols)}`] : []),
    ...(scaled ? [`scaled:${scaled.blockRows}:${scaled.blockCols}:${tensorKey(scaled.scale)}`] : []),
    ...(updates ?? []).map(({ a, b, factor }) => `update:${factor}:${tensorKey(b)}:${tensorKey(a)}`),
  ].join('|');
}

function axes(list: readonly Axis[]): string {
  return list.map(({ size, stride }) => `${size}*${stride}`).join(',');
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
