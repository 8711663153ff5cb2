import { uniformStream } from './noise.ts';

/**
 * The entries in random order, in place: Fisher–Yates from the last entry down, i = n−1 … 1, entry i against entry
 * ⌊u·(i+1)⌋, with u the 53-bit uniforms of the noise stream (xoshiro128** seeded by four steps of splitmix32, high word
 * first). Exact arithmetic throughout, so that the same seed gives the same order on every engine. Entries are taken
 * row-major, and for a view those of the view.
 */
export function shuffled(weights: Float64Array, seed: number): Float64Array {
  const uniform = uniformStream(seed);
  for (let last = weights.length - 1; last > 0; last--) {
    const pick = Math.floor(uniform() * (last + 1));
    const held = weights[last] as number;
    weights[last] = weights[pick] as number;
    weights[pick] = held;
  }
  return weights;
}
