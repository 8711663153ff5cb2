import type { RandomStream } from '../base/random.ts';

/** One-way F with the p of relabelling, and what the p rests on. */
export interface PermutationF {
  readonly F: number;
  readonly p: number;
  /** Labellings looked at: all there are, or random ones. */
  readonly labellings: number;
  readonly exact: boolean;
}

/**
 * One-way F of task gains on family, with the p of label shuffling: do families differ by more than tasks of one
 * family do? Where there are no more different labellings than `draws`, all are looked at and p is exact; otherwise the
 * observed labelling counts as one draw, so p is never 0 (Phipson & Smyth 2010).
 *
 * For fixed data F grows with Σ (family sum)²/size, the only part of it that a shuffle changes, so draws compare that.
 */
export function permutationF(
  groups: readonly (readonly number[])[],
  draws: number,
  random: RandomStream,
): PermutationF {
  const sizes = groups.map((group) => group.length);
  const pooled = groups.flat();
  const observed = familySquares(pooled, sizes);
  const F = fStatistic(groups);
  const bar = observed * (1 - 1e-12);
  const all = labellings(sizes);
  if (all <= draws) return { F, p: reaching(pooled, sizes, bar) / all, labellings: all, exact: true };
  // One buffer for all draws: a shuffle of a shuffle is as random, and this loop is what a comparison spends its time in.
  const values = Float64Array.from(pooled);
  let atLeast = 1;
  for (let draw = 0; draw < draws; draw++) {
    for (let last = values.length - 1; last > 0; last--) {
      const pick = random.below(last + 1);
      const held = values[last] as number;
      values[last] = values[pick] as number;
      values[pick] = held;
    }
    if (familySquares(values, sizes) >= bar) atLeast++;
  }
  return { F, p: atLeast / (draws + 1), labellings: draws, exact: false };
}

/** n!/Π(sizes!): in how many ways the labels can be dealt out. */
function labellings(sizes: readonly number[]): number {
  let [ways, n] = [1, 0];
  for (const size of sizes) for (let k = 1; k <= size; k++) ways = (ways * ++n) / k;
  return Math.round(ways);
}

/** How many labellings have Σ (family sum)²/size of at least `bar`: values are dealt one by one to families with room. */
function reaching(values: readonly number[], sizes: readonly number[], bar: number): number {
  const room = [...sizes];
  const sums = sizes.map(() => 0);
  const deal = (index: number): number => {
    if (index === values.length)
      return sums.reduce((total, sum, family) => total + (sum * sum) / (sizes[family] as number), 0) >= bar ? 1 : 0;
    let count = 0;
    for (let family = 0; family < sizes.length; family++) {
      if (room[family] === 0) continue;
      const before = sums[family] as number;
      room[family] = (room[family] as number) - 1;
      sums[family] = before + (values[index] as number);
      count += deal(index + 1);
      sums[family] = before;
      room[family] = (room[family] as number) + 1;
    }
    return count;
  };
  return deal(0);
}

function familySquares(values: ArrayLike<number>, sizes: readonly number[]): number {
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

/** One-way F: mean square between families over the pooled one within. */
export function fStatistic(groups: readonly (readonly number[])[]): number {
  let [n, sum, squares, between] = [0, 0, 0, 0];
  for (const group of groups) {
    let own = 0;
    for (const value of group) {
      own += value;
      squares += value * value;
    }
    between += own ** 2 / group.length;
    sum += own;
    n += group.length;
  }
  const centre = sum ** 2 / n;
  return (between - centre) / (groups.length - 1) / ((squares - between) / (n - groups.length));
}
