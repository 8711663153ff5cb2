import { didYouMean } from '../base/did-you-mean.ts';
import { SkiagramError } from '../base/error.ts';
import type { FamiliesDocument, FamilyEntry, TaskEntry } from './families-document.ts';
import { normalName } from './task-name.ts';

/** A task of a file, with the family it ended up in and the file it came from. */
export interface LayeredTask {
  readonly id: string;
  readonly family: string;
  readonly entry: TaskEntry;
  readonly layer: number;
}

/** Families and tasks of several files laid over each other. */
export interface LayeredFamilies {
  readonly families: ReadonlyMap<string, Omit<FamilyEntry, 'tasks'>>;
  readonly tasks: readonly LayeredTask[];
  readonly sameMetrics: ReadonlyMap<string, readonly string[]>;
}

/**
 * Lays files over each other, the first at the bottom. A later file's task replaces the earlier one of the same name (or
 * the one it names as an alias) and moves it to its own family, keeping the earlier aliases and patterns unless it gives
 * its own; a family of the same id is extended; null takes a task out.
 *
 * @throws SkiagramError `families-remove-unknown` where null is given for a task that no earlier file has
 */
export function mergeFamilies(documents: readonly FamiliesDocument[]): LayeredFamilies {
  const families = new Map<string, Omit<FamilyEntry, 'tasks'>>();
  const sameMetrics = new Map<string, readonly string[]>();
  let tasks: LayeredTask[] = [];
  for (const [layer, document] of documents.entries()) {
    for (const [metric, names] of Object.entries(document.same_metrics ?? {})) sameMetrics.set(metric, names);
    const below = tasks;
    const above: LayeredTask[] = [];
    for (const [family, { tasks: own, ...about }] of Object.entries(document.families)) {
      families.set(family, { ...families.get(family), ...about });
      for (const [id, entry] of Object.entries(own)) {
        if (entry === null) tasks = without(tasks, id);
        else above.push({ id, family, entry: inherited(below, id, entry), layer });
      }
    }
    tasks = [...withoutClaimed(tasks, above), ...above];
  }
  return { families, tasks, sameMetrics };
}

function without(tasks: readonly LayeredTask[], id: string): LayeredTask[] {
  const removed = tasks.find((task) => namesOf(task).includes(normalName(id)));
  if (removed) return tasks.filter((task) => task !== removed);
  const meant = didYouMean(
    id,
    tasks.map((task) => task.id),
  );
  throw new SkiagramError({
    code: 'families-remove-unknown',
    message: `The families file takes out task "${id}", which no file below it defines.`,
    hint: meant ? `Did you mean "${meant}"?` : '`skiagram list tasks` prints the built-in tasks.',
    exitCode: 2,
  });
}

/** Aliases, patterns and groups of the task that this entry replaces, where it gives none of its own. */
function inherited(below: readonly LayeredTask[], id: string, entry: TaskEntry): TaskEntry {
  const replaced = below.find((task) => normalName(task.id) === normalName(id));
  if (!replaced) return entry;
  const { aliases, match, groups } = replaced.entry;
  return {
    ...(aliases === undefined ? {} : { aliases }),
    ...(match === undefined ? {} : { match }),
    ...(groups === undefined ? {} : { groups }),
    ...entry,
  };
}

/** What is left of the lower tasks: those whose own name is claimed go, claimed aliases and patterns are taken off the others. */
function withoutClaimed(below: readonly LayeredTask[], above: readonly LayeredTask[]): LayeredTask[] {
  const claimed = new Set(above.flatMap(namesOf));
  const patterns = new Set(above.flatMap((task) => (task.entry.match ?? []).map(normalName)));
  return below
    .filter((task) => !claimed.has(normalName(task.id)))
    .map((task) => {
      const { aliases, match, groups, ...entry } = task.entry;
      const left = (names: readonly string[] | undefined, taken: ReadonlySet<string>): string[] =>
        (names ?? []).filter((name) => !taken.has(normalName(name)));
      return {
        ...task,
        entry: {
          ...entry,
          aliases: left(aliases, claimed),
          match: left(match, patterns),
          groups: left(groups, claimed),
        },
      };
    });
}

function namesOf(task: LayeredTask): string[] {
  return [task.id, ...(task.entry.aliases ?? [])].map(normalName);
}
