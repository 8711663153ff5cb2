import type { Family, FamilyTask } from '../families/family.ts';
import { poolable, poolParts } from '../families/pool-parts.ts';
import type { RawRun, RawTask } from '../harness/raw-run.ts';
import { cautions, incomparable } from '../scores/comparable.ts';
import { taskGain } from '../scores/gain.ts';
import type { FamilyChange } from './family-change.ts';
import { type TaskDifference, taskDifference } from './task-difference.ts';

/**
 * Two checkpoints of different runs, task by task: items are paired where both kept them, totals are taken as independent
 * otherwise. A task is refused, with the reason, where anything differs that changes its meaning (METHOD § 8.13): another
 * harness version, other shots, other items.
 */
export function compareRuns(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  families: readonly Family[],
): { readonly families: FamilyChange[]; readonly notes: string[] } {
  const notes = new Set<string>();
  const compared = families.map(({ id, title, tasks }): FamilyChange => {
    const found: TaskDifference[] = [];
    const refused: FamilyChange['refused'][number][] = [];
    for (const task of tasks) {
      const outcome = compareTask(base, subject, task);
      if ('refused' in outcome) refused.push({ task: task.id, reason: outcome.refused, known: task.chance === null });
      else {
        found.push(outcome.difference);
        for (const caution of outcome.cautions) notes.add(`${caution}; scores may differ by rounding.`);
      }
    }
    return { family: id, title, tasks: found, refused };
  });
  const unpaired = compared.flatMap(({ tasks }) => tasks.filter(({ kind }) => kind !== 'paired-clustered'));
  if (unpaired.length > 0)
    notes.add(
      `Not paired: of ${unpaired.length} ${unpaired.length === 1 ? 'task' : 'tasks'} only totals are there, so their runs count as independent.`,
    );
  return { families: compared, notes: [...notes] };
}

function compareTask(
  base: readonly RawRun[],
  subject: readonly RawRun[],
  scale: FamilyTask,
): { readonly difference: TaskDifference; readonly cautions: readonly string[] } | { readonly refused: string } {
  const [before, after] = [find(base, scale), find(subject, scale)];
  if (!before || !after) return { refused: `not in the results of the ${before ? 'candidate' : 'other run'}` };
  if (before.run.adaptive || after.run.adaptive)
    return { refused: 'an adaptive evaluation is compared within its own run only' };
  const differing = incomparable(before, after);
  if (differing) return { refused: differing };
  if (scale.chance === null) return { refused: `no chance level is known (${scale.source})` };
  const gain = taskGain(before.task, after.task, { ...scale, chance: scale.chance });
  if ('refused' in gain) return gain;
  const difference = taskDifference(gain, scale);
  return difference
    ? { difference, cautions: cautions(before.run, after.run) }
    : { refused: 'its change has no error' };
}

/** The task in some run; a pooled one from its parts, all of one run. */
function find(runs: readonly RawRun[], scale: FamilyTask): { run: RawRun; task: RawTask } | undefined {
  for (const run of runs) {
    const task = run.tasks.find((entry) => entry.task === scale.id);
    if (task && scale.parts === undefined) return { run, task };
    const parts = (scale.parts ?? [])
      .toSorted()
      .flatMap((name) => run.tasks.find((entry) => entry.task === name) ?? []);
    const whole = scale.parts !== undefined && parts.length === scale.parts.length && parts.length > 0;
    if (whole && poolable(parts, scale.metric, scale.filter))
      return { run, task: poolParts(scale.id, parts, scale.metric, scale.filter) };
  }
  return undefined;
}
