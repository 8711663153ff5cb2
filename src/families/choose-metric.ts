import type { RawMetric, RawTask } from '../harness/raw-run.ts';
import type { MetricRule } from './task-rule.ts';

/** The one metric and filter in which every run of a task is read. */
export interface ChosenMetric {
  readonly rule: MetricRule;
  /** As the results call it. */
  readonly metric: string;
  readonly filter: string;
  /** What was preferred or possible and not taken, and why, for the report. */
  readonly passedOver: readonly string[];
}

/**
 * Chooses by preference: the first metric that all runs hold as a finite number; failing that the first that all hold, so
 * that a checkpoint whose score is not finite fails alone; failing that the first that any holds. The choice never looks at
 * how high a score is, and is the same for every checkpoint. Undefined where no run holds any.
 *
 * @param tasks all runs of the task (of its parts, where it has some)
 * @param sameMetrics other names of a metric in other harnesses
 */
export function chooseMetric(
  preferences: readonly MetricRule[],
  tasks: readonly RawTask[],
  sameMetrics: ReadonlyMap<string, readonly string[]>,
): ChosenMetric | undefined {
  const finite = (metric: RawMetric): boolean => metric.value !== null;
  const tries: [(metric: RawMetric) => boolean, 'every' | 'some', string][] = [
    [finite, 'every', 'not a finite number in every run'],
    [() => true, 'every', 'not in every run'],
    [finite, 'some', 'not in any run'],
  ];
  for (const [usable, quantity, lacking] of tries) {
    for (const [place, rule] of preferences.entries()) {
      const key = keyOf(rule, tasks, sameMetrics, usable, quantity);
      if (key === undefined) continue;
      const passedOver = [
        ...preferences.slice(0, place).map((earlier) => `${label(earlier.metric, earlier.filter)}: ${lacking}`),
        ...otherFilters(key, tasks).map((filter) => `${key.metric},${filter}: another filter of the same metric`),
        ...(quantity === 'some' ? [`${label(key.metric, key.filter)} itself is not in every run`] : []),
      ];
      return { rule, ...key, passedOver };
    }
  }
  return undefined;
}

function keyOf(
  rule: MetricRule,
  tasks: readonly RawTask[],
  sameMetrics: ReadonlyMap<string, readonly string[]>,
  usable: (metric: RawMetric) => boolean,
  quantity: 'every' | 'some',
): { metric: string; filter: string } | undefined {
  for (const metric of [rule.metric, ...(sameMetrics.get(rule.metric) ?? [])]) {
    const all = [...new Set(tasks.flatMap((task) => filtersOf(task, metric, () => true)))];
    const filter = rule.filter ?? (all.includes('none') ? 'none' : all.length === 1 ? all[0] : undefined);
    if (filter !== undefined && tasks[quantity]((task) => filtersOf(task, metric, usable).includes(filter)))
      return { metric, filter };
  }
  return undefined;
}

function filtersOf(task: RawTask, metric: string, usable: (metric: RawMetric) => boolean): string[] {
  return task.metrics.filter((entry) => entry.metric === metric && usable(entry)).map((entry) => entry.filter);
}

function otherFilters(key: { metric: string; filter: string }, tasks: readonly RawTask[]): string[] {
  const filters = tasks.flatMap((task) => filtersOf(task, key.metric, () => true));
  return [...new Set(filters)].filter((filter) => filter !== key.filter).sort();
}

function label(metric: string, filter: string | undefined): string {
  return filter === undefined || filter === 'none' ? metric : `${metric},${filter}`;
}
