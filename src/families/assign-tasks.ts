import type { RawRun, RawTask } from '../harness/raw-run.ts';
import { type ChosenMetric, chooseMetric } from './choose-metric.ts';
import type { Family, FamilyTask } from './family.ts';
import { familyTask } from './family-task.ts';
import { poolable, poolParts, withPooled } from './pool-parts.ts';
import { type Reading, readAs, tasksIn } from './read-as.ts';
import type { TaxonomyRules } from './resolve-taxonomy.ts';
import type { Taxonomy } from './taxonomy.ts';

/** The taxonomy of some results, and those results as it reads them. */
export interface Assignment extends Taxonomy {
  /** Runs of each checkpoint, in the order given: as they are, with pooled tasks added. */
  readonly runs: readonly (readonly RawRun[])[];
  /** Tasks that no family knows; shown, never guessed. */
  readonly unknown: readonly string[];
  readonly leftOut: readonly { readonly task: string; readonly reason: string }[];
}

/**
 * Rules × results -> the concrete taxonomy: only families and tasks that the results hold, one metric and filter a task,
 * chosen once for all checkpoints. Parts of one benchmark (57 MMLU subjects) become one task where all say how many items
 * they have; groups beside their parts are left out with the reason.
 *
 * @param checkpoints runs of each checkpoint
 * @throws SkiagramError `family-task-twice` where a task fits two equally specific patterns
 */
export function assignTasks(rules: TaxonomyRules, checkpoints: readonly (readonly RawRun[])[]): Assignment {
  const { readings, leftOut, unknown } = readAs(rules, checkpoints);
  const dropped = [...leftOut];
  let runs = checkpoints;
  const families = new Map<string, FamilyTask[]>(rules.families.map((family) => [family.id, []]));
  for (const reading of readings) {
    const outcome = assignOne(reading, runs, rules);
    runs = outcome.runs;
    families.get(reading.rule.family)?.push(...outcome.tasks);
    dropped.push(...outcome.leftOut);
  }
  return {
    families: rules.families.flatMap(({ id, title, side, modules }): Family[] => {
      const tasks = families.get(id) ?? [];
      return tasks.length === 0 ? [] : [{ id, title, side, tasks, ...(modules ? { modules } : {}) }];
    }),
    axis: rules.axis,
    runs,
    unknown,
    leftOut: dropped,
  };
}

interface Outcome {
  readonly tasks: readonly FamilyTask[];
  readonly runs: readonly (readonly RawRun[])[];
  readonly leftOut: Assignment['leftOut'];
}

function assignOne(reading: Reading, runs: readonly (readonly RawRun[])[], rules: TaxonomyRules): Outcome {
  const { rule } = reading;
  const held = tasksNamed(runs, reading.tasks);
  const chosen = chooseMetric(rule.metrics, held, rules.sameMetrics);
  if (chosen === undefined) return unreadable(reading, held, runs);
  const pooled = reading.tasks.length > 1 ? pool(reading, runs, chosen) : undefined;
  if (pooled) {
    const task = familyTask(reading, chosen, held, rule.id);
    return { tasks: [{ ...task, parts: [...reading.tasks] }], runs: pooled, leftOut: [] };
  }
  return {
    tasks: reading.tasks.map((name) => familyTask(reading, chosen, tasksNamed(runs, [name]), name)),
    runs,
    leftOut: [],
  };
}

/** Runs with the pooled task in them, or undefined where the parts cannot be read as one. */
function pool(
  { rule, tasks }: Reading,
  runs: readonly (readonly RawRun[])[],
  { metric, filter, rule: { max } }: ChosenMetric,
): (readonly RawRun[])[] | undefined {
  const names = new Set(tasks);
  const pooled = runs.map((own): readonly RawRun[] | undefined => {
    if (tasksNamed([own], tasks).length === 0) return own;
    const place = own.findIndex((run) => {
      const there = new Set(tasksIn(run));
      return tasks.every((name) => there.has(name));
    });
    const run = own[place];
    if (run === undefined) return undefined;
    const parts = run.tasks.filter((task) => names.has(task.task)).sort((one, two) => (one.task < two.task ? -1 : 1));
    if (max === null || !poolable(parts, metric, filter)) return undefined;
    const task = poolParts(rule.id, parts, metric, filter);
    return own.with(place, withPooled(run, { ...task, nOriginal: drawnFrom(run, rule.id) ?? task.nOriginal }));
  });
  return pooled.every((own) => own !== undefined) ? pooled : undefined;
}

/** Items from which an adaptive run drew those of a pooled task: more than its parts with answers have. */
function drawnFrom({ adaptive }: RawRun, id: string): number | undefined {
  return adaptive?.families.flatMap(({ tasks }) => tasks).find(({ task }) => task === id)?.available;
}

/** None of the metrics is there: one name stays, so that its score fails with the reason; parts are left out. */
function unreadable({ rule, tasks, protocol }: Reading, held: readonly RawTask[], runs: Outcome['runs']): Outcome {
  const [first] = rule.metrics;
  const there = [...new Set(held.flatMap((task) => task.metrics.map((entry) => entry.metric)))].slice(0, 8).join(', ');
  if (tasks.length > 1 || first === undefined) {
    const reason = `none of the metrics of ${rule.id} is in the results, which hold ${there || 'none at all'}`;
    return { tasks: [], runs, leftOut: tasks.map((task) => ({ task, reason })) };
  }
  const chosen = { rule: first, metric: first.metric, filter: first.filter ?? 'none', passedOver: [] };
  return { tasks: tasks.map((name) => familyTask({ rule, tasks, protocol }, chosen, held, name)), runs, leftOut: [] };
}

function tasksNamed(runs: readonly (readonly RawRun[])[], names: readonly string[]): RawTask[] {
  const wanted = new Set(names);
  return runs.flatMap((own) => own.flatMap((run) => run.tasks.filter((task) => wanted.has(task.task))));
}
