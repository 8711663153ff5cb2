import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import type { CachedEngine } from './cached-engine.ts';

/**
 * Short sides from which one draw of the null is enough. The shift of ln erank is an average over all singular values and
 * hardly differs between draws: at 512 its standard deviation was 0.0003 to 0.0009 for noise of 0.2 to 1 times the norm
 * (flat and power-law spectra), under 2 % of the geometry scale of 0.05; at 64 it was 0.001 to 0.007.
 */
export const selfAveragingSide = 512;

/**
 * Spectra of W₀ + E, E iid Gaussian with the Frobenius norm of the real change: what a change of this size does to a
 * spectrum when it has no structure (METHOD § 3.1). Seeds follow from `seed`, the matrix's name and the draw, so they
 * depend neither on order nor on other matrices.
 */
export async function nullSpectra(
  engine: Pick<CachedEngine, 'perturbed'>,
  reference: TensorLocation,
  { noiseNorm, draws, seed }: { noiseNorm: number; draws: number; seed: number },
): Promise<Float64Array[]> {
  const count = Math.min(...reference.shape) >= selfAveragingSide ? Math.min(1, draws) : draws;
  const spectra: Float64Array[] = [];
  for (let draw = 0; draw < count; draw++)
    spectra.push(await engine.perturbed(reference, noiseNorm, seedOf(`${seed}/${reference.name}/${draw}`)));
  return spectra;
}

/** 32-bit FNV-1a of the text's UTF-16 units. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
