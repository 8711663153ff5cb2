import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of numbers; equal seeds give equal streams on every machine. */
export interface RandomStream {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Standard normal (Box–Muller). */
  normal(): number;
  /** Integer in [0, n). */
  below(n: number): number;
}

/** Opens a stream; `seed` is taken as a 32-bit integer. */
export function randomStream(seed: number): RandomStream {
  const generator = xoroshiro128plus(seed | 0);
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal, below: (n) => Math.floor(uniform() * n) };
}

/** Shuffles in place (Fisher–Yates). */
export function shuffle<T>(values: T[], random: RandomStream): T[] {
  for (let last = values.length - 1; last > 0; last--) {
    const pick = random.below(last + 1);
    const held = values[last] as T;
    values[last] = values[pick] as T;
    values[pick] = held;
  }
  return values;
}
