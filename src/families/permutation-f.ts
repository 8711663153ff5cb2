import { type RandomStream, shuffle } from '../base/random.ts';

/**
 * One-way F of task gains on family, with the p of label shuffling: do families differ by more than tasks of one
 * family do? The observed labelling counts as one draw, so p is never 0 (Phipson & Smyth 2010).
 */
export function permutationF(
  groups: readonly (readonly number[])[],
  draws: number,
  random: RandomStream,
): { F: number; p: number } {
  const sizes = groups.map((group) => group.length);
  const pooled = groups.flat();
  const observed = betweenShare(pooled, sizes);
  let atLeast = 1;
  for (let draw = 0; draw < draws; draw++) {
    if (betweenShare(shuffle(pooled, random), sizes) >= observed * (1 - 1e-12)) atLeast++;
  }
  return { F: toF(observed, sizes), p: atLeast / (draws + 1) };
}

/** Between-family share of the total sum of squares: monotone in F for fixed data, and cheaper. */
function betweenShare(values: readonly number[], sizes: readonly number[]): number {
  const n = values.length;
  let total = 0;
  for (const value of values) total += value;
  const grand = total / n;
  let between = 0;
  let start = 0;
  for (const size of sizes) {
    let sum = 0;
    for (let index = start; index < start + size; index++) sum += values[index] ?? 0;
    between += size * (sum / size - grand) ** 2;
    start += size;
  }
  let squares = 0;
  for (const value of values) squares += (value - grand) ** 2;
  return squares === 0 ? 0 : between / squares;
}

function toF(share: number, sizes: readonly number[]): number {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const families = sizes.length;
  return share / (families - 1) / ((1 - share) / (n - families));
}
