import { ConfidenceSequence } from './confidence-sequence.ts';
import type { FamilyOrder } from './item-order.ts';

/** Per task, the value of each item that was answered. */
export type TaskValues = ReadonlyMap<string, ReadonlyMap<number, number>>;

/** What the mean is taken of. */
export interface StratifiedMean {
  /** Smallest and largest value of one item. */
  readonly range: readonly [from: number, to: number];
  /** Factor of each task, e.g. 1/(max − chance). */
  readonly factor: (task: string) => number;
}

/**
 * Confidence sequence of the mean over tasks, equally weighted, of each task's mean over all its items times a factor.
 *
 * One round gives of each task y = factor · (M/N) · Σ over the group, whose mean over the M rounds is the task's mean
 * whatever its size. The bounds of y follow from the largest group, so a group that is larger than N/M costs precision
 * and never validity.
 *
 * @param earlier the same mean after fewer rounds; it is taken further instead of starting anew
 * @throws RangeError where an item of the first `rounds` rounds has no value
 */
export function stratifiedMean(
  order: FamilyOrder,
  values: TaskValues,
  rounds: number,
  { range, factor }: StratifiedMean,
  earlier?: ConfidenceSequence,
): ConfidenceSequence {
  const strata = order.tasks.map((task) => ({
    ...task,
    weight: (factor(task.task) * order.rounds) / task.size,
    largest: Math.max(...task.groups.map((group) => group.length)),
    values: values.get(task.task) ?? new Map<number, number>(),
  }));
  const reach = Math.max(...strata.map(({ weight, largest }) => weight * largest));
  const whole = { from: Math.min(0, range[0]) * reach, to: Math.max(0, range[1]) * reach };
  const sequence = earlier ?? new ConfidenceSequence(whole, order.rounds);
  for (let round = sequence.rounds; round < rounds; round++)
    sequence.add(
      strata.map(({ task, weight, groups, values: known }) => {
        let sum = 0;
        for (const item of groups[round] ?? []) {
          const value = known.get(item);
          if (value === undefined) throw new RangeError(`Item ${item} of ${task} was not answered.`);
          sum += value;
        }
        return weight * sum;
      }),
    );
  return sequence;
}
