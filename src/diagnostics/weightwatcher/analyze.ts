import { type ErrorInfo, toErrorInfo } from '../../base/error.ts';
import type { StopSignal } from '../../base/stop-signal.ts';
import type { SpectrumEngine } from '../../spectrum/engine.ts';
import { type CompatRow, layerColumns, layerEigenvalues } from './columns.ts';
import { ergColumns } from './erg.ts';
import { mpFit } from './mp-fit.ts';
import { randomColumns, replicas } from './randomize.ts';
import type { CompatLayer } from './selection.ts';

/** Options of WeightWatcher's `analyze` that add columns. */
export interface CompatOptions {
  readonly mpFit?: boolean;
  /** Shuffles with this seed; WeightWatcher itself takes none. */
  readonly randomize?: { readonly seed: number };
  readonly erg?: boolean;
  readonly signal?: StopSignal;
  readonly onLayer?: (done: number, total: number, name: string) => void;
}

export interface CompatAnalysis {
  readonly rows: readonly CompatRow[];
  /** Layers whose weights could not be read or are not finite; WeightWatcher ends with an exception there. */
  readonly failed: readonly { readonly name: string; readonly error: ErrorInfo }[];
}

/**
 * Rows of WeightWatcher's `details` for these layers, in their order. A layer that fails is listed and the rest goes on.
 * `shuffler` computes the shuffled spectra of `randomize`. Throws the signal's reason when aborted.
 */
export async function analyzeLayers(
  layers: readonly CompatLayer[],
  engine: SpectrumEngine,
  shuffler: Pick<SpectrumEngine, 'shuffled'>,
  options: CompatOptions = {},
): Promise<CompatAnalysis> {
  let done = 0;
  const outcomes = await Promise.all(
    layers.map(async (layer) => {
      const outcome = await rowOf(layer, engine, shuffler, options).then(
        (row) => ({ row }),
        (error: unknown) => ({ name: layer.name, error: toErrorInfo(error) }),
      );
      options.signal?.throwIfAborted();
      options.onLayer?.(++done, layers.length, layer.name);
      return outcome;
    }),
  );
  return {
    rows: outcomes.flatMap((outcome) => ('row' in outcome ? [outcome.row] : [])),
    failed: outcomes.flatMap((outcome) => ('row' in outcome ? [] : [outcome])),
  };
}

async function rowOf(
  layer: CompatLayer,
  engine: SpectrumEngine,
  shuffler: Pick<SpectrumEngine, 'shuffled'>,
  options: CompatOptions,
): Promise<CompatRow> {
  const call = options.signal ? { signal: options.signal } : {};
  const spectra = await Promise.all(layer.matrices.map((matrix) => engine.spectrum(matrix, call)));
  const own = spectra.map(({ eigenvalues }) => eigenvalues);
  const eigenvalues = layerEigenvalues(layer, own);
  const row = layerColumns(layer, own);
  return {
    ...row,
    ...(options.mpFit ? mpFit(eigenvalues, layer.N, layer.M) : {}),
    ...(options.randomize
      ? randomColumns(eigenvalues, ...(await randomSpectra(layer, shuffler, options.randomize.seed, call)), layer)
      : {}),
    ...(options.erg ? ergColumns(eigenvalues, row.num_pl_spikes as number) : {}),
  };
}

/** The pooled spectrum of several shuffles, and that of one more. Every shuffle of a layer has a seed of its own. */
async function randomSpectra(
  layer: CompatLayer,
  { shuffled }: Pick<SpectrumEngine, 'shuffled'>,
  seed: number,
  call: { readonly signal?: StopSignal },
): Promise<[Float64Array, Float64Array]> {
  if (!shuffled) throw new Error('This engine cannot shuffle.');
  const copies = replicas(layer.M * layer.rf);
  const draw = async (copy: number): Promise<Float64Array[]> =>
    Promise.all(
      layer.matrices.map(async (matrix, index) => {
        const own = seed + 1000 * layer.layer_id + copy * layer.matrices.length + index;
        return (await shuffled(matrix, own, call)).eigenvalues;
      }),
    );
  const first = await Promise.all(Array.from({ length: copies }, (_, copy) => draw(copy)));
  return [layerEigenvalues(layer, first.flat()), layerEigenvalues(layer, await draw(copies))];
}
