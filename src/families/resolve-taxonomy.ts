import { SkiagramError } from '../base/error.ts';
import type { FamiliesDocument, FamilyEntry } from './families-document.ts';
import type { Side } from './family.ts';
import { mergeFamilies } from './merge-families.ts';
import { normalName } from './task-name.ts';
import { type TaskRule, taskRule } from './task-rule.ts';
import type { Axis } from './taxonomy.ts';

/** A family that tasks may be put in. */
export interface FamilyRule extends Omit<FamilyEntry, 'tasks' | 'title'> {
  readonly id: string;
  readonly title: string;
  readonly side: Side;
}

/** Every family and task that is known, before any results are seen; `assignTasks` makes the taxonomy of some results. */
export interface TaxonomyRules {
  readonly families: readonly FamilyRule[];
  readonly tasks: readonly TaskRule[];
  /** Other names of a metric in other harnesses, by its name here. */
  readonly sameMetrics: ReadonlyMap<string, readonly string[]>;
  readonly axis: Axis;
}

/**
 * Resolves one families document, or several laid over each other (the first at the bottom); `axis` of the config wins over
 * that of the documents, and a later document's over an earlier one's.
 *
 * @throws SkiagramError `family-task-twice` where two tasks share a name, an alias or a pattern, `axis-unknown-family` and
 *   `axis-both-sides` where the axis contradicts itself, and what `mergeFamilies` and `taskRule` throw
 */
export function resolveTaxonomy(
  documents: FamiliesDocument | readonly FamiliesDocument[],
  axis: { targeted: readonly string[]; coverage: readonly string[] } | undefined,
): TaxonomyRules {
  const layers = 'families' in documents ? [documents] : documents;
  const merged = mergeFamilies(layers);
  const chosen = axis ?? layers.findLast((layer) => layer.axis)?.axis ?? { targeted: [], coverage: [] };
  checkAxis(chosen, [...merged.families.keys()]);
  const tasks = merged.tasks.map(({ id, entry, family, layer }) => taskRule(id, entry, family, layer));
  checkNames(tasks);
  return {
    families: [...merged.families].map(([id, about]) => ({
      ...about,
      id,
      title: about.title?.trim() ? about.title : id,
      side: sideOf(id, chosen),
    })),
    tasks,
    sameMetrics: merged.sameMetrics,
    axis: {
      declared: chosen.targeted.length > 0 && chosen.coverage.length > 0,
      targeted: [...chosen.targeted],
      coverage: [...chosen.coverage],
    },
  };
}

function checkNames(tasks: readonly TaskRule[]): void {
  const owner = new Map<string, TaskRule>();
  for (const task of tasks) {
    for (const name of new Set([...task.names, ...task.groups, ...task.match])) {
      const earlier = owner.get(name);
      if (earlier !== undefined) throw taskTwice(name, earlier, task);
      owner.set(name, task);
    }
  }
}

/** One name that leads to two tasks. */
export function taskTwice(name: string, one: TaskRule, two: TaskRule): SkiagramError {
  const what = `Task "${name}"`;
  const place = (task: TaskRule): string =>
    `"${task.family}"${normalName(task.id) === normalName(name) ? '' : ` (as ${task.id})`}`;
  return new SkiagramError({
    code: 'family-task-twice',
    message:
      one.family === two.family
        ? `${what} is named twice in family ${place(one)} and ${place(two)}.`
        : `${what} is in two families: ${place(one)} and ${place(two)}.`,
    hint: 'A task counts once. Keep it in the family whose ability it measures best.',
    exitCode: 2,
  });
}

function checkAxis(axis: { targeted: readonly string[]; coverage: readonly string[] }, known: readonly string[]): void {
  const unknown = [...axis.targeted, ...axis.coverage].find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new SkiagramError({
      code: 'axis-unknown-family',
      message: `The axis names family "${unknown}", which no families file defines.`,
      hint: `Known families: ${known.join(', ')}.`,
      exitCode: 2,
    });
  }
  const both = axis.targeted.find((id) => axis.coverage.includes(id));
  if (both !== undefined) {
    throw new SkiagramError({
      code: 'axis-both-sides',
      message: `Family "${both}" is both targeted and coverage.`,
      hint: 'The contrast compares the two groups, so a family can be in one of them only.',
      exitCode: 2,
    });
  }
}

function sideOf(id: string, axis: { targeted: readonly string[]; coverage: readonly string[] }): Side {
  if (axis.targeted.includes(id)) return 'targeted';
  return axis.coverage.includes(id) ? 'coverage' : 'other';
}
