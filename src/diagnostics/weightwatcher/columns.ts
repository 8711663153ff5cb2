import { rankOf } from '../matrix-rank.ts';
import { weakEigenvalue } from '../weak-rank-loss.ts';
import { fitColumns } from './fit.ts';
import type { CompatLayer } from './selection.ts';

/** A cell of WeightWatcher's table. Numbers may be infinite or NaN here, as they are there. */
export type Cell = number | string | boolean | null;
export type CompatRow = Readonly<Record<string, Cell>>;

/** Added to each share of the norm, and to the rank, in WeightWatcher's entropy. */
const epsilon = 1e-10;

/**
 * One row of WeightWatcher 0.7.7's `details`, by column name, from the spectra of the layer's matrices (ascending,
 * as they are: those of a convolution are halved here, as WeightWatcher halves them).
 *
 * Kept as they are there: `sv_min` is the largest of the slices' smallest singular values; `norm` and `spectral_norm` are
 * squared norms; entropy and log_alpha_norm may be NaN or infinite.
 */
export function layerColumns(layer: CompatLayer, spectra: readonly Float64Array[]): CompatRow {
  const { layer_id, name, layer_type, N, M, rf } = layer;
  const slices = spectra.map((eigenvalues) => halvedIfConvolution(layer, eigenvalues));
  const eigenvalues = pooled(slices);
  const fit = fitColumns(eigenvalues);
  const lambda_max = eigenvalues.at(-1) ?? 0;
  const norm = eigenvalues.reduce((total, value) => total + value, 0);
  return {
    layer_id,
    name,
    longname: name,
    layer_type,
    N,
    M,
    Q: N / M,
    rf,
    has_esd: true,
    num_evals: eigenvalues.length,
    ...fit,
    lambda_max,
    sv_max: Math.max(0, ...slices.map((own) => Math.sqrt(own.at(-1) ?? 0))),
    sv_min: Math.max(0, ...slices.map((own) => Math.sqrt(own[0] ?? 0))),
    rank_loss: slices.reduce((total, own) => total + own.length - rankOf(own, N), 0),
    weak_rank_loss: eigenvalues.reduce((count, value) => count + (value < weakEigenvalue ? 1 : 0), 0),
    norm,
    log_norm: Math.log10(norm),
    spectral_norm: lambda_max,
    log_spectral_norm: Math.log10(lambda_max),
    alpha_weighted: fit.alpha * Math.log10(lambda_max),
    log_alpha_norm: Math.log10(eigenvalues.reduce((total, value) => total + power(value, fit.alpha), 0)),
    stable_rank: norm / lambda_max,
    matrix_rank: rankOf(eigenvalues, N),
    entropy: entropyOf(eigenvalues, norm, rankOf(eigenvalues, N)),
  };
}

/** Eigenvalues of all slices, ascending; a convolution's halved. */
export function layerEigenvalues(layer: CompatLayer, spectra: readonly Float64Array[]): Float64Array {
  return pooled(spectra.map((eigenvalues) => halvedIfConvolution(layer, eigenvalues)));
}

/** Columns in the order of the printed table: the two leading ones, then by name. */
export function columnOrder(rows: readonly CompatRow[]): string[] {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const leading = ['layer_id', 'name'].filter((name) => names.delete(name));
  return [...leading, ...[...names].sort()];
}

const summarised = [
  'log_norm',
  'alpha',
  'alpha_weighted',
  'log_alpha_norm',
  'log_spectral_norm',
  'stable_rank',
  'mp_softrank',
];

/** `get_summary`: plain means over all rows, failed fits (−1) included and NaN left out; no entry for an absent column. */
export function summaryOf(rows: readonly CompatRow[]): Record<string, number> {
  return Object.fromEntries(
    summarised.flatMap((column) => {
      const values = rows
        .map((row) => row[column])
        .filter((value) => typeof value === 'number' && !Number.isNaN(value));
      const total = values.reduce<number>((sum, value) => sum + (value as number), 0);
      return rows.some((row) => column in row) ? [[column, total / values.length]] : [];
    }),
  );
}

function halvedIfConvolution({ layer_type }: CompatLayer, eigenvalues: Float64Array): Float64Array {
  return layer_type === 'conv2d' ? eigenvalues.map((value) => value / 2) : eigenvalues;
}

function pooled(spectra: readonly Float64Array[]): Float64Array {
  return spectra.length === 1 && spectra[0] ? spectra[0] : Float64Array.from(spectra.flatMap((own) => [...own])).sort();
}

/** IEEE and numpy give 1^∞ = 1 where JavaScript gives NaN. */
function power(base: number, exponent: number): number {
  return base === 1 ? 1 : base ** exponent;
}

function entropyOf(eigenvalues: Float64Array, norm: number, rank: number): number {
  const total = eigenvalues.reduce((sum, value) => {
    const share = value / norm + epsilon;
    return sum + share * Math.log(share);
  }, 0);
  return -total / Math.log(rank + epsilon);
}
