import { type RandomStream, shuffle } from '../base/random.ts';

/**
 * One-way F of task gains on family, with the p of label shuffling: do families differ by more than tasks of one
 * family do? The observed labelling counts as one draw, so p is never 0 (Phipson & Smyth 2010).
 *
 * For fixed data F grows with Σ (family sum)²/size, the only part of it that a shuffle changes, so draws compare that.
 */
export function permutationF(
  groups: readonly (readonly number[])[],
  draws: number,
  random: RandomStream,
): { F: number; p: number } {
  const sizes = groups.map((group) => group.length);
  const pooled = groups.flat();
  const observed = familySquares(pooled, sizes);
  const F = fStatistic(pooled, sizes, observed);
  const bar = observed * (1 - 1e-12);
  let atLeast = 1;
  for (let draw = 0; draw < draws; draw++) {
    if (familySquares(shuffle(pooled, random), sizes) >= bar) atLeast++;
  }
  return { F, p: atLeast / (draws + 1) };
}

function familySquares(values: readonly number[], sizes: readonly number[]): number {
  let squares = 0;
  let start = 0;
  for (const size of sizes) {
    let sum = 0;
    for (let index = start; index < start + size; index++) sum += values[index] as number;
    squares += (sum * sum) / size;
    start += size;
  }
  return squares;
}

function fStatistic(values: readonly number[], sizes: readonly number[], observed: number): number {
  const n = values.length;
  const centre = values.reduce((sum, value) => sum + value, 0) ** 2 / n;
  const total = values.reduce((sum, value) => sum + value * value, 0) - centre;
  const between = observed - centre;
  return between / (sizes.length - 1) / ((total - between) / (n - sizes.length));
}
