import type { RawRun } from '../harness/raw-run.ts';
import { type FoundTask, findTask } from './find-task.ts';
import type { TaxonomyRules } from './resolve-taxonomy.ts';
import type { TaskRule } from './task-rule.ts';

/** Names under which the results hold one benchmark, at the one level of detail that is read. */
export interface Reading {
  readonly rule: TaskRule;
  /** One name, or the parts to be pooled. */
  readonly tasks: readonly string[];
  /** Protocol that the name carries. */
  readonly protocol: string | null;
}

/** Every task of some results: read, known but left out, or unknown. */
export interface Readings {
  readonly readings: readonly Reading[];
  readonly leftOut: readonly { readonly task: string; readonly reason: string }[];
  readonly unknown: readonly string[];
}

interface Held {
  readonly task: string;
  readonly found: FoundTask;
  /** Indices of the checkpoints that hold it. */
  readonly by: ReadonlySet<number>;
}

/**
 * Decides for every benchmark at which level it is read: its parts where every checkpoint that holds the benchmark holds
 * parts, else averages over parts, else the benchmark itself under one of its names. Never two levels at once, so that a
 * group does not count beside its subtasks, and never two forms (`gsm8k` and `gsm8k_cot`).
 */
export function readAs(rules: TaxonomyRules, checkpoints: readonly (readonly RawRun[])[]): Readings {
  const { held, unknown } = heldTasks(rules, checkpoints);
  const outcomes = rules.tasks.flatMap((rule) => {
    const own = held.filter((entry) => entry.found.rule === rule);
    return own.length === 0 ? [] : [readRule(rule, own)];
  });
  return {
    readings: outcomes.flatMap((outcome) => outcome.reading ?? []),
    leftOut: outcomes.flatMap((outcome) => outcome.leftOut),
    unknown,
  };
}

/**
 * Names of the tasks that a run holds. An adaptive run holds every part of a benchmark whose items it drew from, also a part
 * of which no item has come up yet.
 */
export function tasksIn({ tasks, adaptive }: RawRun): string[] {
  const drawn = adaptive?.families.flatMap((family) => family.tasks.flatMap(({ parts }) => parts ?? [])) ?? [];
  return [...new Set([...tasks.map(({ task }) => task), ...drawn.map(({ part }) => part)])];
}

function heldTasks(
  rules: TaxonomyRules,
  checkpoints: readonly (readonly RawRun[])[],
): { held: Held[]; unknown: string[] } {
  const holders = new Map<string, Set<number>>();
  for (const [index, runs] of checkpoints.entries())
    for (const task of runs.flatMap(tasksIn)) holders.set(task, (holders.get(task) ?? new Set()).add(index));
  const held: Held[] = [];
  const unknown: string[] = [];
  for (const [task, by] of holders) {
    const found = findTask(rules, task);
    if (found) held.push({ task, found, by });
    else unknown.push(task);
  }
  return { held, unknown };
}

function readRule(rule: TaskRule, held: readonly Held[]): { reading?: Reading; leftOut: Readings['leftOut'] } {
  const needed = new Set(held.flatMap((entry) => [...entry.by]));
  const everywhere = (entries: readonly Held[]): boolean =>
    [...needed].every((index) => entries.some((entry) => entry.by.has(index)));
  const levels = (['part', 'group', 'whole'] as const).map((form) => held.filter((entry) => entry.found.form === form));
  const chosen =
    levels.find((level) => level.length > 0 && everywhere(level)) ?? levels.find((level) => level.length > 0);
  if (chosen === undefined) return { leftOut: [] };
  const others = held
    .filter((entry) => !chosen.includes(entry))
    .map(({ task }) => ({ task, reason: levelReason(rule, chosen) }));
  const { read, passed } =
    chosen[0]?.found.form === 'whole' ? oneForm(chosen, needed) : commonParts(rule, chosen, needed);
  const [first] = read;
  if (first === undefined) return { leftOut: [...others, ...passed] };
  return {
    reading: { rule, tasks: read.map(({ task }) => task), protocol: read.length === 1 ? first.found.protocol : null },
    leftOut: [...others, ...passed],
  };
}

function levelReason(rule: TaskRule, chosen: readonly Held[]): string {
  const count = chosen.length;
  return chosen[0]?.found.form === 'whole'
    ? `a part of ${rule.id}, which counts as a whole because not every checkpoint has parts of it`
    : `an average over parts of ${rule.id} that are in the results too; the ${count === 1 ? 'part counts' : `${count} parts count`}`;
}

/** The first name, in the order of the families file, that every checkpoint has; else the first that any has. */
function oneForm(
  chosen: readonly Held[],
  needed: ReadonlySet<number>,
): { read: readonly Held[]; passed: Readings['leftOut'] } {
  const order = [...chosen].sort(
    (one, two) =>
      Number(one.found.protocol !== null) - Number(two.found.protocol !== null) || one.found.rank - two.found.rank,
  );
  const taken = order.find((entry) => entry.by.size === needed.size) ?? order[0];
  const passed = order
    .filter((entry) => entry !== taken)
    .map(({ task }) => ({ task, reason: `another form of ${taken?.task}, which counts` }));
  return { read: taken ? [taken] : [], passed };
}

function commonParts(
  rule: TaskRule,
  chosen: readonly Held[],
  needed: ReadonlySet<number>,
): { read: readonly Held[]; passed: Readings['leftOut'] } {
  const read = chosen.filter((entry) => entry.by.size === needed.size);
  const passed = chosen
    .filter((entry) => !read.includes(entry))
    .map(({ task }) => ({ task, reason: `a part of ${rule.id} that not every checkpoint has` }));
  return { read, passed };
}
