import type { RawSample, RawTask } from '../harness/raw-run.ts';
import { endOfScale, type Scale } from './scale.ts';

/** One item's result under the asked metric and filter. */
export interface Item {
  readonly sample: RawSample;
  readonly value: number;
}

/** Difference between a score and the mean of its items that rounding of the score explains, as a share of the scale. */
const rounding = 0.001;

/**
 * The items behind a score, or why they must not stand for it: a document that is there twice, fewer items than the
 * score was made from, a mean that is not the score, or a reader's warning of either. A task whose items are `unused`
 * still has its total. Empty where the run kept no items.
 */
export function usableItems(
  task: RawTask,
  scale: Scale,
): { readonly items: readonly Item[] } | { readonly unused: string } {
  const items = task.samples.flatMap((sample): Item[] => {
    const value = sample.filter === scale.filter ? sample.metrics[scale.metric] : undefined;
    return value === undefined ? [] : [{ sample, value }];
  });
  if (items.length === 0) return { items };
  const warned = task.warnings.find(
    ({ code, message }) => doubted.has(code) && (code !== 'samples-disagree' || message.includes(scale.metric)),
  );
  if (warned) return { unused: warned.message };
  const seen = new Set<RawSample['docId']>();
  for (const { sample } of items) {
    if (seen.has(sample.docId)) return { unused: `Item ${sample.docId} is in the samples twice.` };
    seen.add(sample.docId);
  }
  if (task.n !== null && items.length !== task.n)
    return { unused: `The samples hold ${items.length} items; the score was made from ${task.n}.` };
  const reported = task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter)?.value;
  const average = items.reduce((sum, item) => sum + item.value, 0) / items.length;
  if (typeof reported === 'number' && Math.abs(reported - average) > rounding * endOfScale(scale.max))
    return { unused: `The score is ${reported} and its items average ${Number(average.toPrecision(6))}.` };
  return { items };
}

const doubted: ReadonlySet<string> = new Set(['samples-disagree', 'samples-incomplete', 'samples-truncated']);
