import { type FamilyOrder, itemsIn } from './item-order.ts';

/** Items per family after which is looked, cumulative. Each look is a harness process, so there are few and they grow. */
export const defaultBlocks: readonly number[] = [100, 150, 200, 250, 300, 350, 400, 500, 600, 800, 1000];
/** Growth of the blocks after the last one named. */
const growth = 1.6;

/**
 * Rounds of a family after which is looked: the fewest rounds that hold each block's items, then blocks that grow, up to
 * all rounds or to `maxShare` of them.
 */
export function lookRounds(order: FamilyOrder, blocks: readonly number[], maxShare = 1): number[] {
  const last = Math.max(1, Math.floor(order.rounds * maxShare));
  const perRound = itemsIn(order, order.rounds) / order.rounds;
  const looks: number[] = [];
  for (let block = 0; (looks.at(-1) ?? 0) < last; block++) {
    const named = blocks[block];
    const items = named ?? (blocks.at(-1) ?? 100) * growth ** (block - blocks.length + 1);
    const rounds = Math.min(last, Math.ceil(Math.round(items) / perRound));
    if (rounds > (looks.at(-1) ?? 0)) looks.push(rounds);
  }
  return order.rounds === 0 ? [] : looks;
}
