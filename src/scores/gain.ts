import quantile from '@stdlib/stats-base-dists-normal-quantile';
import { mean } from 'simple-statistics';
import { type Measured, ok } from '../base/measured.ts';
import type { RawTask } from '../harness/raw-run.ts';
import { clusteredMean } from './clustered-mean.ts';
import { type PairedItem, pairItems } from './pair-items.ts';
import { kappa, type Scale } from './scale.ts';
import type { TaskGain } from './task-gain.ts';

/** A scale whose chance level is known: the only kind whose gain can be pooled. */
export type CorrectedScale = Scale & { readonly chance: number };

/**
 * Gain of one task, subject minus base, on two scales: κ-points and log-odds (METHOD §§ 2.1–2.2).
 *
 * With items on both sides the difference is paired and its standard error clustered; both scales use the same item
 * influences, so the log-odds error is the delta method on paired items. Without items the two binomial errors add,
 * which is conservative and flagged `unpaired`. Returns `refused` where the runs answered different questions or
 * where no n is known.
 */
export function taskGain(
  base: RawTask,
  subject: RawTask,
  scale: CorrectedScale,
): TaskGain | { readonly refused: string } {
  const paired = pairItems(base, subject, scale);
  if ('refused' in paired) return paired;
  return 'items' in paired ? fromItems(base.task, paired.items, scale) : fromTotals(base, subject, scale);
}

function fromItems(
  task: string,
  items: readonly PairedItem[],
  scale: CorrectedScale,
): TaskGain | { readonly refused: string } {
  const n = items.length;
  const before = mean(items.map((item) => item.base));
  const after = mean(items.map((item) => item.subject));
  const difference = clusteredMean(items.map((item) => ({ value: item.subject - item.base, cluster: item.cluster })));
  const [slopeBefore, slopeAfter] = [logitSlope(before / scale.max, n), logitSlope(after / scale.max, n)];
  const influence = clusteredMean(
    items.map((item) => ({
      value: (slopeAfter * item.subject - slopeBefore * item.base) / scale.max,
      cluster: item.cluster,
    })),
    Math.max(slopeBefore, slopeAfter),
  );
  return assemble(
    task,
    {
      before,
      after,
      n,
      clusters: difference.clusters,
      se: difference.se,
      logitSe: influence.se,
      kind: 'paired-clustered',
    },
    scale,
  );
}

function fromTotals(base: RawTask, subject: RawTask, scale: CorrectedScale): TaskGain | { readonly refused: string } {
  const [before, after] = [reported(base, scale), reported(subject, scale)];
  if (before === undefined || after === undefined) return { refused: `no finite ${scale.metric} on both sides` };
  if (!base.n || !subject.n) return { refused: 'the number of items is not known, so the gain has no standard error' };
  const [p0, p1] = [clamp(before / scale.max, base.n), clamp(after / scale.max, subject.n)];
  const [v0, v1] = [(p0 * (1 - p0)) / base.n, (p1 * (1 - p1)) / subject.n];
  const n = Math.min(base.n, subject.n);
  const se = scale.max * Math.sqrt(v0 + v1);
  const logitSe = Math.sqrt(v0 / (p0 * (1 - p0)) ** 2 + v1 / (p1 * (1 - p1)) ** 2);
  return assemble(base.task, { before, after, n, clusters: n, se, logitSe, kind: 'unpaired-binomial' }, scale);
}

interface Estimate {
  readonly before: number;
  readonly after: number;
  readonly n: number;
  readonly clusters: number;
  readonly se: number;
  readonly logitSe: number;
  readonly kind: TaskGain['se'];
}

function assemble(task: string, estimate: Estimate, scale: CorrectedScale): TaskGain | { readonly refused: string } {
  const { before, after, n, clusters, se, logitSe, kind } = estimate;
  if (!Number.isFinite(se)) return { refused: 'all items belong to one cluster, so the gain has no standard error' };
  const [kappaBase, kappaSubject] = [kappa(before, scale), kappa(after, scale)];
  const range = scale.max - scale.chance;
  const flags = [
    ...(kappaBase > 0.9 ? ['ceiling'] : []),
    ...(kappaSubject < 0.05 ? ['floor'] : []),
    ...(kind === 'unpaired-binomial' ? ['unpaired'] : []),
    ...(n < 100 ? ['few-items'] : []),
  ];
  const method = kind === 'paired-clustered' ? 'paired, clustered normal' : 'unpaired binomial';
  return {
    task,
    n,
    clusters,
    base: before,
    subject: after,
    kappaBase: 100 * kappaBase,
    kappaSubject: 100 * kappaSubject,
    gain: estimated(100 * (kappaSubject - kappaBase), (100 * se) / range, n, method),
    logit: estimated(logit(after / scale.max, n) - logit(before / scale.max, n), logitSe, n, method),
    se: kind,
    flags,
  };
}

function estimated(value: number, se: number, n: number, method: string): Measured {
  const half = quantile(0.975, 0, 1) * se;
  return ok(value, { se, n, interval: { low: value - half, high: value + half, level: 0.95, method } });
}

function reported(task: RawTask, scale: Scale): number | undefined {
  return (
    task.metrics.find((entry) => entry.metric === scale.metric && entry.filter === scale.filter)?.value ?? undefined
  );
}

/** Scores are kept half an item away from 0 and 1, where the log-odds are not defined. */
function clamp(share: number, n: number): number {
  return Math.min(1 - 0.5 / n, Math.max(0.5 / n, share));
}

function logit(share: number, n: number): number {
  const inside = clamp(share, n);
  return Math.log(inside / (1 - inside));
}

function logitSlope(share: number, n: number): number {
  const inside = clamp(share, n);
  return 1 / (inside * (1 - inside));
}
