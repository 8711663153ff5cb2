import type { RawTask } from '../../harness/raw-run.ts';
import { pairItems } from '../../scores/pair-items.ts';
import type { FamilyOrder } from '../../scores/sequential/item-order.ts';
import type { Family } from '../family.ts';
import type { FamilyAnswers } from './family-evidence.ts';

/**
 * Two runs' answers to the first `rounds` of a family, paired; or why they must not be: an item that one side lacks,
 * another document, prompt or target under the same index, or an answer without a score.
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
  for (const { task, groups } of order.tasks) {
    const scale = family.tasks.find(({ id }) => id === task);
    const wanted = new Set(groups.slice(0, rounds).flat());
    const [before, after] = [asked(tasks.base, task, wanted), asked(tasks.subject, task, wanted)];
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
    base.set(task, values(before, scale));
    subject.set(task, values(after, scale));
  }
  return { family, order, rounds, base, subject, stopped };
}

/** A task with only the items that were asked for. */
export function asked(tasks: readonly RawTask[], name: string, wanted: ReadonlySet<number>): RawTask | undefined {
  const task = tasks.find((entry) => entry.task === name);
  return task && { ...task, samples: task.samples.filter(({ docId }) => wanted.has(Number(docId))) };
}

function values(task: RawTask, scale: Family['tasks'][number]): Map<number, number> {
  return new Map(
    task.samples.flatMap(({ docId, filter, metrics }) => {
      const value = metrics[scale.metric];
      return filter === scale.filter && value !== undefined ? [[Number(docId), value / scale.max] as const] : [];
    }),
  );
}
