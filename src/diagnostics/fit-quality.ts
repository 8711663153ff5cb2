import type { Measured } from '../base/measured.ts';

/** Limits of METHOD § 8.4, ours. */
const shortestTail = 10;
const largestDistance = 0.1;

/**
 * Whether a power law describes the spectrum: `poor` where D > 0.1, the tail has fewer than 10 eigenvalues, or the tail
 * is the whole spectrum (xmin at the boundary). Undefined where nothing was fitted. Read from measured diagnostics.
 */
export function fitQuality(diagnostics: Readonly<Record<string, Measured>>): 'good' | 'poor' | undefined {
  const { alpha, D, num_pl_spikes: tail } = diagnostics;
  if (alpha?.status !== 'ok' || D?.status !== 'ok' || tail?.status !== 'ok') return undefined;
  return D.value > largestDistance || tail.value < shortestTail || tail.value === tail.n ? 'poor' : 'good';
}
