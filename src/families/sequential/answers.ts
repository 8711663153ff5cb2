import type { RawTask } from '../../harness/raw-run.ts';
import { pairItems } from '../../scores/pair-items.ts';
import { type FamilyOrder, itemName } from '../../scores/sequential/item-order.ts';
import type { Family, FamilyTask } from '../family.ts';
import { poolParts } from '../pool-parts.ts';
import type { FamilyAnswers } from './family-evidence.ts';

/**
 * Two runs' answers to the first `rounds` of a family, paired; or why they must not be: an item that one side lacks,
 * another document, prompt or target under the same index, or an answer without a score. Tasks are given as the harness
 * has them; parts that are read as one task are put together here.
 */
export function familyAnswers(
  family: Family,
  order: FamilyOrder,
  rounds: number,
  tasks: { readonly base: readonly RawTask[]; readonly subject: readonly RawTask[] },
  stopped: FamilyAnswers['stopped'],
): FamilyAnswers | { readonly refused: string } {
  const base = new Map<string, Map<number, number>>();
  const subject = new Map<string, Map<number, number>>();
  for (const own of order.tasks) {
    const { task, groups } = own;
    const scale = family.tasks.find(({ id }) => id === task);
    const items = groups.slice(0, rounds).flat();
    const wanted: Wanted = new Map(items.map((item) => [String(itemName(own, item)), item]));
    const [before, after] = [asked(tasks.base, scale, wanted), asked(tasks.subject, scale, wanted)];
    if (!scale || !before || !after) return { refused: `${task} is not in the results of both checkpoints` };
    const broken = [before, after]
      .flatMap(({ warnings }) => warnings)
      .find(({ code }) => code === 'non-finite-responses');
    if (broken) return { refused: `${task}: ${broken.message}` };
    const paired = pairItems(before, after, scale);
    if ('refused' in paired) return { refused: `${task}: ${paired.refused}` };
    if ('absent' in paired) return { refused: `${task}: ${paired.absent}` };
    if (paired.items.length !== wanted.size)
      return { refused: `${task}: ${wanted.size} items were asked and ${paired.items.length} have a score` };
    base.set(task, values(before, scale, wanted));
    subject.set(task, values(after, scale, wanted));
  }
  return { family, order, rounds, base, subject, stopped };
}

/** Name of an item in the results -> its place in the order. */
type Wanted = ReadonlyMap<string, number>;

/** A task, put together from the parts that have answers where it is a pool, with only the items that were asked for. */
function asked(tasks: readonly RawTask[], scale: FamilyTask | undefined, wanted: Wanted): RawTask | undefined {
  const task = scale?.parts === undefined ? tasks.find((entry) => entry.task === scale?.id) : pooled(tasks, scale);
  return task && { ...task, samples: task.samples.filter(({ docId }) => wanted.has(String(docId))) };
}

function pooled(tasks: readonly RawTask[], { id, parts = [], metric, filter }: FamilyTask): RawTask | undefined {
  const names = new Set(parts);
  const held = tasks.filter(({ task, samples }) => names.has(task) && samples.length > 0);
  return held.length === 0 ? undefined : poolParts(id, held, metric, filter);
}

function values(task: RawTask, scale: FamilyTask, wanted: Wanted): Map<number, number> {
  return new Map(
    task.samples.flatMap(({ docId, filter, metrics }) => {
      const [item, value] = [wanted.get(String(docId)), metrics[scale.metric]];
      return filter === scale.filter && value !== undefined && item !== undefined
        ? [[item, value / scale.max] as const]
        : [];
    }),
  );
}
