import { criticalValue } from '../base/student.ts';
import type { FamilyEvidence } from '../families/sequential/evidence.ts';
import { type Bounds, taskBounds } from './task-bounds.ts';
import type { TaskDifference } from './task-difference.ts';

/** One family (or task), candidate against one reference. */
export interface FamilyChange {
  readonly family: string;
  readonly title: string;
  readonly tasks: readonly TaskDifference[];
  /** Tasks that were refused, with the reason; `known` = one whose chance level nobody knows, never pooled. */
  readonly refused: readonly { readonly task: string; readonly reason: string; readonly known: boolean }[];
  /** In place of `tasks` where the evaluation was stopped on the data. */
  readonly adaptive?: Pick<FamilyEvidence, 'points' | 'items' | 'eGain' | 'eLoss'>;
}

/** Mean change with one-sided bounds, in points. */
export interface Change extends Bounds {
  readonly delta: number;
  /** Items compared, over all tasks. */
  readonly n: number;
}

/**
 * Mean over tasks, equal weights ("on these benchmarks"), with one-sided bounds at `confidence`.
 *
 * Where every task has an estimated error they are added as squares, t with Satterthwaite's degrees of freedom. Where one task
 * needs a method for few changed items, the tasks' own bounds are joined as roots of squares of their distances from the estimate
 * (MOVER: Zou & Donner 2008, Stat. Med. 27; Newcombe 1998), which keeps their asymmetry. An adaptive evaluation has its
 * confidence sequence, which holds at whatever moment it was stopped, and no other level.
 */
export function familyChange({ tasks, adaptive }: FamilyChange, confidence: number): Change | undefined {
  if (adaptive) return fromSequence(adaptive);
  if (tasks.length === 0) return undefined;
  const own = tasks.map((task) => taskBounds(task, confidence));
  const n = tasks.reduce((sum, task) => sum + task.n, 0);
  const delta = tasks.reduce((sum, task) => sum + task.delta, 0) / tasks.length;
  const [first] = own;
  if (first && own.length === 1) return { ...first, delta, n };
  if (own.every(({ fromSe }) => fromSe)) return { ...addedErrors(tasks, delta, confidence), delta, n };
  const distance = (side: 'low' | 'high'): number =>
    Math.hypot(...own.map((bound, index) => (bound[side] - (tasks[index]?.delta ?? 0)) / tasks.length));
  const methods = [...new Set(own.map(({ method }) => method.replace(/ \(df.*/, '')))];
  return {
    delta,
    n,
    low: Math.max(-100, delta - distance('low')),
    high: Math.min(100, delta + distance('high')),
    method: `joined over ${tasks.length} tasks (MOVER): ${methods.join('; ')}`,
    fromSe: false,
  };
}

function addedErrors(tasks: readonly TaskDifference[], delta: number, confidence: number): Bounds {
  const noise = tasks.reduce((sum, { se }) => sum + se ** 2, 0);
  const uncertain = tasks.reduce((sum, { se, df }) => sum + se ** 4 / df, 0);
  const df = uncertain === 0 ? Number.POSITIVE_INFINITY : noise ** 2 / uncertain;
  const half = (criticalValue(confidence, df) * Math.sqrt(noise)) / tasks.length;
  const method = Number.isFinite(df)
    ? `${tasks.length} tasks, clustered t (df ${Math.round(df)})`
    : `${tasks.length} tasks, normal, errors of the harness`;
  return { low: Math.max(-100, delta - half), high: Math.min(100, delta + half), method, fromSe: true };
}

function fromSequence({ points, items }: NonNullable<FamilyChange['adaptive']>): Change | undefined {
  if (points.status !== 'ok' || points.interval === undefined) return undefined;
  const { low, high } = points.interval;
  return {
    delta: points.value,
    n: items,
    low,
    high,
    method: 'confidence sequence (holds whenever stopped)',
    fromSe: false,
  };
}
