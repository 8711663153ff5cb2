import { SkiagramError } from '../base/error.ts';
import type { Confidence, Direction, Preference, TaskEntry } from './families-document.ts';
import { normalName } from './task-name.ts';

/** One metric a task may be read by, with its own scale. */
export interface MetricRule {
  readonly metric: string;
  /** Undefined = `none`, or the only filter there is. */
  readonly filter: string | undefined;
  readonly chance: number | null;
  readonly max: number | null;
  readonly direction: Direction;
  /** Protocol that the metric's name implies (`pass@4`); null = the plain one. */
  readonly protocol: string | null;
}

/** How one benchmark is recognised and read. All names are normal names. */
export interface TaskRule {
  /** As written in the file. */
  readonly id: string;
  readonly family: string;
  /** Its own name first, then its aliases. */
  readonly names: readonly string[];
  readonly match: readonly string[];
  readonly groups: readonly string[];
  readonly metrics: readonly MetricRule[];
  readonly options: number | undefined;
  readonly protocols: readonly string[];
  readonly source: string;
  readonly confidence: Confidence | undefined;
  /** Place of its file: rules of a later file win ties against those of an earlier one. */
  readonly layer: number;
}

/**
 * One entry of a families file as a rule.
 *
 * @throws SkiagramError `task-without-metric`, `chance-not-below-max` where a scale is upside down,
 *   `chance-of-falling-metric` where a lower-is-better or target metric has a chance level
 */
export function taskRule(id: string, entry: TaskEntry, family: string, layer: number): TaskRule {
  const where = `Task "${id}" in family "${family}"`;
  const preferences = preferencesOf(entry, where);
  return {
    id,
    family,
    names: [...new Set([id, ...(entry.aliases ?? [])].map(normalName))],
    match: (entry.match ?? []).map(normalName),
    groups: (entry.groups ?? []).map(normalName),
    metrics: preferences.map((preference) => metricRule(preference, entry, where)),
    options: entry.options,
    protocols: entry.protocols ?? [],
    source: entry.source ?? 'families file',
    confidence: entry.confidence,
    layer,
  };
}

function preferencesOf(entry: TaskEntry, where: string): readonly Preference[] {
  const both = entry.metric !== undefined && entry.metrics !== undefined;
  if (!both && entry.metric !== undefined) return [{ metric: entry.metric, filter: entry.filter ?? 'none' }];
  if (!both && entry.metrics !== undefined) return entry.metrics;
  throw new SkiagramError({
    code: 'task-without-metric',
    message: `${where} has ${both ? 'both `metric` and `metrics`' : 'neither `metric` nor `metrics`'}.`,
    hint: 'Give one metric as `metric: acc`, or several in order of preference as `metrics: [acc_norm, acc]`.',
    exitCode: 2,
  });
}

function metricRule(preference: Preference, entry: TaskEntry, where: string): MetricRule {
  const own = typeof preference === 'string' ? split(preference) : preference;
  const max = own.max === undefined ? (entry.max === undefined ? 1 : entry.max) : own.max;
  const direction = own.direction ?? entry.direction ?? 'up';
  const rising = direction === 'up' || direction === 'neutral';
  const chance = own.chance === undefined ? (rising ? entry.chance : null) : own.chance;
  if (chance !== null && (max === null || chance >= max)) {
    throw new SkiagramError({
      code: 'chance-not-below-max',
      message: `${where} has chance ${chance}, which is not below its maximum ${max ?? '(none)'}.`,
      hint: 'Chance is the expected score of guessing, in the same scale as max.',
      exitCode: 2,
    });
  }
  if (chance !== null && !rising) {
    throw new SkiagramError({
      code: 'chance-of-falling-metric',
      message: `${where} has chance ${chance} for ${own.metric}, whose direction is not up.`,
      hint: 'Such a metric is never pooled with accuracies: write `chance: null`.',
      exitCode: 2,
    });
  }
  return { metric: own.metric, filter: own.filter, chance, max, direction, protocol: own.protocol ?? null };
}

/** "exact_match,strict-match" at the first comma, as lm-eval writes its keys. */
function split(text: string): Exclude<Preference, string> {
  const comma = text.indexOf(',');
  return comma < 0 ? { metric: text } : { metric: text.slice(0, comma), filter: text.slice(comma + 1).trim() };
}
