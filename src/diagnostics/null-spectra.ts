import type { TensorLocation } from '../checkpoint/checkpoint.ts';
import type { CachedEngine } from './cached-engine.ts';

/**
 * Short sides from which one draw of the null is enough. The shift of the effective rank is an average over all singular
 * values, so its spread between draws falls as 1/short side: at 512 it is below a thousandth of the geometry scale.
 */
export const selfAveragingSide = 512;

/**
 * Spectra of W₀ + E, E iid Gaussian with the Frobenius norm of the real change: what a change of this size does to a
 * spectrum when it has no structure (METHOD § 3.1). Seeds follow from `seed`, the matrix's name and the draw, so they
 * depend neither on order nor on other matrices.
 */
export async function nullSpectra(
  engine: CachedEngine,
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
